import Testing
import WaiaasAPI
import WaiaasCore

@Suite("Verifiers that are not ours", .enabled(if: Python.isInstalled, "\(Python.missing)"))
struct OutsideVerifierTests {
    @Test(arguments: UserKeyAlgorithm.allCases)
    func `a token verifies with PyJWT, with Authlib and with jose from the key set alone`(algorithm: UserKeyAlgorithm) async throws {
        try await World.inside { world in
            let daemon = try await world.start(environment: ["WAIAAS_AUTH_ALGORITHM": algorithm.rawValue])
            let login = try await daemon.login(of: "ada")
            let keys = world.path("jwks.json")
            try Files.write(try await daemon.keySet().body, to: keys)
            let forged = login.access.withAnotherSubject
            for library in ["pyjwt", "authlib"] {
                let said = try await world.python("verify", library, keys, daemon.url, input: "\(login.access)\n\(forged)\n")
                #expect(said.first == "ada", "\(library) \(said)")
                #expect(said.last?.hasPrefix("refused ") == true, "\(library) \(said)")
            }
            // jose knows no EdDSA.
            if algorithm != .edDSA {
                #expect(try await world.jose(login.access, keys)?.contains(#""sub":"ada""#) == true)
                #expect(try await world.jose(forged, keys) == nil)
            }
        }
    }

    @Test(
        .enabled(if: MovingClock.isInstalled, "\(MovingClock.missing)"), arguments: UserKeyAlgorithm.allCases)
    func `who fetched the keys a second before a rotation accepts every token for as long as the keys may be kept`(
        algorithm: UserKeyAlgorithm
    ) async throws {
        try await World.inside { world in
            let clock = try MovingClock(in: world, moving: .all)
            // The verifiers look at the real clock: for them every token is some minutes old.
            try clock.move(by: .seconds(-300))
            let daemon = try await world.start(
                environment: [
                    "WAIAAS_AUTH_ALGORITHM": algorithm.rawValue, "WAIAAS_AUTH_JWKS_MAX_AGE": "10", "WAIAAS_AUTH_REFRESH_PER_FAMILY": "0",
                ], clock: clock)
            var login = try await daemon.login(of: "ada")
            let reply = try await daemon.keySet()
            #expect(reply.header("cache-control") == "public, max-age=10")
            let kept = world.path("kept.json")
            try Files.write(reply.body, to: kept)
            let firstKey = try #require(Tokens.kid(of: login.access))
            try clock.move(by: .seconds(1))
            let next = try #require(try await daemon.rotateUserKey())

            // A token of every second, until nobody who keeps to the rules has the old keys any more.
            var tokens = [login.access]
            for _ in 0..<10 {
                try clock.move(by: .seconds(1))
                login = try await daemon.refreshed(login)
                tokens.append(login.access)
            }
            #expect(try await daemon.userKeyStates() == [.active, .staged])
            try clock.move(by: .seconds(31))
            try await eventually("the next key's first token") {
                login = try await daemon.refreshed(login)
                return Tokens.kid(of: login.access) == next.text
            }
            #expect(Set(tokens.compactMap { Tokens.kid(of: $0) }) == [firstKey])
            let fresh = world.path("fresh.json")
            try Files.write(try await daemon.keySet().body, to: fresh)
            for library in ["pyjwt", "authlib"] {
                let lines = (tokens + [login.access]).joined(separator: "\n")
                let said = try await world.python("verify", library, kept, daemon.url, input: lines)
                #expect(said.dropLast().allSatisfy { $0 == "ada" }, "\(library) \(said)")
                // The kept keys are old now; were they not, this test would prove nothing.
                #expect(said.last?.hasPrefix("refused ") == true, "\(library) \(said)")
                let now = try await world.python("verify", library, fresh, daemon.url, input: lines)
                #expect(now == tokens.map { _ in "ada" } + ["ada"], "\(library)")
            }
        }
    }
}

extension DaemonProcess {
    /// The same login with the next of its tokens.
    func refreshed(_ login: Login, as who: Credential = .nobody) async throws -> Login {
        let reply = try await network.send(.refresh(login.refresh, as: who))
        guard reply.status == 200, let access = reply.json?["access_token"]?.string, let next = reply.json?["refresh_token"]?.string else {
            throw API.Refused(reply: reply)
        }
        return Login(user: login.user, access: access, refresh: next)
    }
}

extension World {
    /// The payload that the Debian command `jose` takes from a token; nil if it refuses the token.
    fileprivate func jose(_ token: String, _ keys: String) async throws -> String? {
        let program = try #require(Binary.tool("jose"), "jose is not installed")
        let run = try spawn(program, ["jws", "ver", "-i", "-", "-k", keys, "-O", "-"], input: token)
        return try await run.ended() == .code(0) ? run.output : nil
    }
}

extension String {
    /// A token with other claims and the same signature.
    fileprivate var withAnotherSubject: String {
        let parts = split(separator: ".").map(String.init)
        let claims = Base64URL.decode(parts[1]).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return [parts[0], Base64URL.encode(Array(claims.replacing(#""ada""#, with: #""eve""#).utf8)), parts[2]].joined(separator: ".")
    }
}
