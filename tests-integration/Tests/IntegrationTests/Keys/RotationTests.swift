import Synchronization
import Testing
import WaiaasAPI
import WaiaasCore

@Suite("Rotating the session secret")
struct RotationTests {
    @Test func `the command prints when the previous secret expires, and a second one how long to wait`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let first = try await world.waiaas("secret rotate").succeeded()
            let expiry = try #require(first.output.firstMatch(of: #/^Secret rotated. Previous secret expires at: (\S+)\n/#)).1
            #expect(WallTime(iso8601: String(expiry)) != nil)

            let second = try await world.waiaas("secret rotate --json").exited(1)
            #expect(try second.errorJSON["code"]?.string == "ROTATION_TOO_RECENT")
            #expect(try second.errorJSON["details"]?["previousExpiry"]?.string == String(expiry))

            let refusal = try await daemon.network.send(.rotation(as: daemon.operator))
            #expect(refusal.gist == "429 ROTATION_TOO_RECENT")
            let seconds = try #require(refusal.json?["details"]?["secondsLeft"]?.integer)
            #expect((1...300).contains(seconds))
            #expect(refusal.header("retry-after") == String(seconds))
            #expect(refusal.json?["details"]?["previousExpiry"]?.string == String(expiry))
            #expect(try await daemon.rotations() == ["SECRET_ROTATED"])
        }
    }

    @Test func `of many rotations at once one is made`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            _ = try await daemon.auditNames()
            let gists = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<16 { group.addTask { try await daemon.socket.send(.rotation(as: daemon.operator)).gist } }
                return try await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(gists == ["200": 1, "429 ROTATION_TOO_RECENT": 15])
            #expect(try await daemon.rotations() == ["SECRET_ROTATED"])
        }
    }

    @Test func `after a leak both old secrets are refused at once, in the cooldown too, and an ordinary rotation may follow`() async throws
    {
        try await World.inside { world in
            let daemon = try await world.start()
            let agent = try await daemon.agent("trader")
            let oldest = try await daemon.grant(to: agent)
            try await daemon.rotate()
            let old = try await daemon.grant(to: agent)
            let leak = try await daemon.rotate(compromised: true)
            #expect(leak.previousExpiry == nil)
            #expect(leak.sessionsCut?.count == 2)
            #expect(Set(leak.sessionsCut?.sessions ?? []) == [oldest.sessionID, old.sessionID])
            #expect(try await daemon.verdict(on: oldest.token) == "401 INVALID_TOKEN")
            #expect(try await daemon.verdict(on: old.token) == "401 INVALID_TOKEN")
            for lost in [oldest, old] {
                let refusal = try await daemon.network.send(Request("PUT", "/v1/sessions/\(lost.sessionID)/renew", as: lost.credential))
                #expect(refusal.gist == "401 INVALID_TOKEN")
            }
            let fresh = try await daemon.grant(to: agent)
            try await daemon.rotate()
            #expect(try await daemon.verdict(on: fresh.token) == "200 previous")
            #expect(try await daemon.rotations().filter { $0 == "SECRET_ROTATED" }.count == 3)

            try await daemon.kill9()
            let again = try await world.start()
            #expect(try await again.verdict(on: oldest.token) == "401 INVALID_TOKEN")
            #expect(try await again.verdict(on: old.token) == "401 INVALID_TOKEN")
            #expect(try await again.verdict(on: fresh.token) == "200 previous")
        }
    }

    @Test func `a dry run changes nothing`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let grant = try await daemon.grant(to: "trader")
            let before = try await daemon.socket.call(GetSecrets.self, as: daemon.operator)
            let records = try await daemon.auditNames()
            for compromised in [false, true] {
                let answer = try await daemon.socket.call(
                    RotateSecret.self, RotationChoice(compromised: compromised, dryRun: true), as: daemon.operator)
                guard case .planned(let plan) = answer else {
                    Issue.record("a dry run answered \(answer)")
                    continue
                }
                #expect(plan.kid == before.current.kid)
                #expect(plan.sessionsOnCurrent == 1)
                #expect(plan.allowedAt == nil)
            }
            try await world.waiaas("secret rotate --dry-run").succeeded()
            #expect(try await daemon.socket.call(GetSecrets.self, as: daemon.operator) == before)
            #expect(try await daemon.verdict(on: grant.token) == "200 current")
            #expect(try await daemon.auditNames().filter { $0 != "AUDIT_READ" } == records.filter { $0 != "AUDIT_READ" })
        }
    }

    @Test func `under the load of many verifying clients no request fails`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let grant = try await daemon.grant(to: "trader")
            let load = Load(clients: 8) { _ in
                let connection = try Connection(daemon.network.door)
                let request = Request("GET", "/v1/sessions/self", as: grant.credential)
                return { try connection.exchange(request).gist }
            }
            try await eventually("verifications before") { load.said["200 current", default: 0] > 500 }
            try await daemon.rotate()
            try await eventually("verifications after") { load.said["200 previous", default: 0] > 500 }
            let said = try await load.stop()
            #expect(Set(said.keys) == ["200 current", "200 previous"], "\(said)")
        }
    }

    @Test func `once a rotation has answered, no answer carries a token of the secret before`() async throws {
        try await World.inside { world in
            let daemon = try await world.start(environment: ["WAIAAS_SECURITY_MAX_SESSIONS_PER_AGENT": "100000"])
            let agent = try await daemon.agent("trader")
            let answered = Mutex(false)
            let load = Load(clients: 4) { _ in
                let connection = try Connection(daemon.socket.door)
                let issue = Request(IssueSession.self, NoParameters(), NewSession(agentId: agent), as: daemon.operator)
                return {
                    // Whatever is asked after the rotation's answer must be signed with the new secret.
                    let isAfter = answered.withLock { $0 }
                    let token = try IssuedSession(decoding: try connection.exchange(issue).body, as: .answer).token
                    return "\(isAfter ? "after" : "before or during") \(Tokens.kid(of: token) ?? "none")"
                }
            }
            try await eventually("issues before") { load.said.values.reduce(0, +) > 50 }
            let rotation = try await daemon.rotate()
            answered.withLock { $0 = true }
            try await eventually("issues after") { load.said["after \(rotation.kid)", default: 0] > 50 }
            let said = try await load.stop()
            #expect(said.keys.filter { $0.hasPrefix("after") } == ["after \(rotation.kid)"], "\(said)")
        }
    }

    @Test(arguments: [
        "WAIAAS_SECURITY_ROTATION_WINDOW", "WAIAAS_SECURITY_JWT_ROTATION_WINDOW", "WAIAAS_SECURITY_WINDOW", "WAIAAS_ROTATION_WINDOW",
        "WAIAAS_TEST_CLOCK", "WAIAAS_SECURITY_SESSION_OVERLAP",
    ])
    func `no variable of the environment changes the 300 seconds`(name: String) async throws {
        try await World.inside { world in
            let daemon = try await world.start(environment: [name: "1"])
            let rotation = try await daemon.rotate()
            #expect(rotation.previousExpiry == rotation.rotatedAt + .seconds(300))
        }
    }

    @Test func `no line of the configuration and no flag changes the 300 seconds`() async throws {
        try await World.inside { world in
            let file = world.data("config.toml")
            let whole = Files.text(file)
            for line in ["rotation_window = 1", "window = 1", "previous_secret_ttl = 1", "jwt_rotation_window = 1"] {
                try Files.write(whole.replacing("[security]\n", with: "[security]\n\(line)\n"), to: file)
                let result = try await world.waiaas("start --port 0").exited(1)
                #expect(result.errors.contains(String(line.prefix { $0 != " " })), "\(result.errors)")
            }
            try Files.write(whole, to: file)
            for flag in ["--rotation-window", "--window", "--overlap"] {
                try await world.waiaas("start --port 0 \(flag) 1").exited(1)
            }
            _ = try await world.start()
            for flag in ["--window", "--overlap", "--grace", "--force"] {
                try await world.waiaas("secret rotate \(flag) 1").exited(1)
            }
        }
    }
}
