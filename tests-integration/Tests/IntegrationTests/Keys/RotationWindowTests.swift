import Testing
import WaiaasAPI
import WaiaasCore

@Suite("The window of a rotation", .enabled(if: MovingClock.isInstalled, "\(MovingClock.missing)"))
struct RotationWindowTests {
    @Test(arguments: [MovingClock.Hands.all, .wall])
    func `an old token works until a second before the end, not a second after, and a renewed one goes on`(
        hands: MovingClock.Hands
    ) async throws {
        try await World.inside { world in
            let clock = try MovingClock(in: world, moving: hands)
            let daemon = try await world.start(clock: clock)
            let agent = try await daemon.agent("trader")
            let (kept, renewed) = (try await daemon.grant(to: agent), try await daemon.grant(to: agent))
            let rotation = try await daemon.rotate()
            let end = try #require(rotation.previousExpiry)
            #expect(end == rotation.rotatedAt + .seconds(300))
            #expect(try await daemon.verdict(on: kept.token) == "200 previous")
            let crossed = try await daemon.renew(renewed)
            #expect(try await daemon.verdict(on: crossed.token) == "200 current")

            try clock.move(to: end - .seconds(2))
            #expect(try await daemon.verdict(on: kept.token) == "200 previous")
            try #require(clock.now < end, "this machine was too slow to look in time")
            try clock.move(to: end + .seconds(1))
            #expect(try await daemon.verdict(on: kept.token) == "401 INVALID_TOKEN")
            #expect(try await daemon.verdict(on: crossed.token) == "200 current")

            try await eventually("the purge") { try await daemon.auditNames().contains("PREVIOUS_SECRET_EXPIRED") }
            let report = try await daemon.socket.call(GetSecrets.self, as: daemon.operator)
            #expect(report.previous == nil)
            #expect(report.current.kid == rotation.kid)
            #expect(try await daemon.rotations() == ["SECRET_ROTATED", "PREVIOUS_SECRET_EXPIRED"])
            #expect(try await daemon.stop() == .code(0))
        }
    }

    @Test func `killed inside the window and started again, the window ends when it should`() async throws {
        try await World.inside { world in
            let clock = try MovingClock(in: world, moving: .all)
            let first = try await world.start(clock: clock)
            let grant = try await first.grant(to: "trader")
            let end = try #require(try await first.rotate().previousExpiry)
            try await first.kill9()
            try clock.move(by: .seconds(100))

            let second = try await world.start(clock: clock)
            #expect(try await second.verdict(on: grant.token) == "200 previous")
            let report = try await second.socket.call(GetSecrets.self, as: second.operator)
            #expect(report.previous?.verifiesUntil == end)
            // Told from two clocks, which are read one after the other.
            let allowed = try #require(report.nextRotationAllowedAt)
            #expect(abs((allowed - end).wholeMilliseconds) < 50)
            #expect(try await second.network.send(.rotation(as: second.operator)).gist == "429 ROTATION_TOO_RECENT")
            try clock.move(to: end - .seconds(2))
            #expect(try await second.verdict(on: grant.token) == "200 previous")
            try #require(clock.now < end, "this machine was too slow to look in time")
            try clock.move(to: end + .seconds(1))
            #expect(try await second.verdict(on: grant.token) == "401 INVALID_TOKEN")
            try await eventually("the purge") { try await second.rotations() == ["SECRET_ROTATED", "PREVIOUS_SECRET_EXPIRED"] }
        }
    }

    @Test func `killed inside the window and started after it, the old token is refused from the first request on`() async throws {
        try await World.inside { world in
            let clock = try MovingClock(in: world, moving: .all)
            let first = try await world.start(clock: clock)
            let grant = try await first.grant(to: "trader")
            try await first.rotate()
            try await first.kill9()
            try clock.move(by: .seconds(301))

            let second = try await world.start(clock: clock)
            #expect(try await second.verdict(on: grant.token) == "401 INVALID_TOKEN")
            #expect(try await second.rotations() == ["SECRET_ROTATED", "PREVIOUS_SECRET_EXPIRED"])
            try await second.rotate()
            #expect(try await second.rotations() == ["SECRET_ROTATED", "PREVIOUS_SECRET_EXPIRED", "SECRET_ROTATED"])
        }
    }

    @Test func `a wall clock set back an hour does not make the window longer`() async throws {
        try await World.inside { world in
            let clock = try MovingClock(in: world, moving: .wall)
            // The token is two hours old, so that the time of its issue is never in the future.
            try clock.move(by: .seconds(-7_200))
            let daemon = try await world.start(clock: clock)
            let grant = try await daemon.grant(to: "trader")
            try clock.move(by: .seconds(7_200))
            try await daemon.rotate()
            try clock.move(by: .seconds(-3_600))
            #expect(try await daemon.verdict(on: grant.token) == "200 previous")
            let report = try await daemon.socket.call(GetSecrets.self, as: daemon.operator)
            #expect(try #require(report.previous).secondsLeft <= 300)
            let refusal = try await daemon.network.send(.rotation(as: daemon.operator))
            #expect(refusal.gist == "429 ROTATION_TOO_RECENT")
            #expect((1...300).contains(refusal.json?["details"]?["secondsLeft"]?.integer ?? 0))
        }
    }

    @Test(.enabled(if: Variables.soak > 1, "waits five real minutes: make soak"))
    func `with the wall clock an hour back, the window ends by the clock that nobody sets`() async throws {
        try await World.inside { world in
            let clock = try MovingClock(in: world, moving: .wall)
            try clock.move(by: .seconds(-7_200))
            let daemon = try await world.start(clock: clock)
            let grant = try await daemon.grant(to: "trader")
            try clock.move(by: .seconds(7_200))
            try await daemon.rotate()
            let begun = ContinuousClock.now
            try clock.move(by: .seconds(-3_600))
            try await eventually("the end", within: .seconds(330)) { try await daemon.verdict(on: grant.token) == "401 INVALID_TOKEN" }
            #expect((Duration.seconds(295)..<Duration.seconds(302)).contains(ContinuousClock.now - begun))
        }
    }

    @Test func `a wall clock set forward an hour ends the window`() async throws {
        try await World.inside { world in
            let clock = try MovingClock(in: world, moving: .wall)
            let daemon = try await world.start(clock: clock)
            let grant = try await daemon.grant(to: "trader")
            try await daemon.rotate()
            try clock.move(by: .seconds(3_600))
            #expect(try await daemon.verdict(on: grant.token) == "401 INVALID_TOKEN")
            try await eventually("the purge") { try await daemon.rotations() == ["SECRET_ROTATED", "PREVIOUS_SECRET_EXPIRED"] }
        }
    }

    @Test(arguments: [(back: Int64(3), expected: "200 previous"), (back: 3_600, expected: "401 INVALID_TOKEN")])
    func `a start that finds a rotation in the future takes five seconds for now and more for expired`(
        back: Int64, expected: String
    ) async throws {
        try await World.inside { world in
            let clock = try MovingClock(in: world, moving: .all)
            try clock.move(by: .seconds(-7_200))
            let first = try await world.start(clock: clock)
            let grant = try await first.grant(to: "trader")
            try await first.stop()
            try clock.move(by: .seconds(7_200))
            let second = try await world.start(clock: clock)
            try await second.rotate()
            try await second.kill9()
            // It took a moment to come here, so the rotation is a little less far ahead than that.
            try clock.move(by: .seconds(-back - 2))
            let third = try await world.start(clock: clock)
            #expect(try await third.verdict(on: grant.token) == expected)
        }
    }

    @Test func `a clock that runs backwards stops nothing`() async throws {
        try await World.inside { world in
            let clock = try MovingClock(in: world, moving: .all)
            let daemon = try await world.start(clock: clock)
            let agent = try await daemon.agent("trader")
            try await daemon.rotate()
            try clock.move(by: .seconds(-86_400))
            let grant = try await daemon.grant(to: agent)
            #expect(try await daemon.verdict(on: grant.token) == "200 current")
            try clock.move(by: .seconds(86_500))
            #expect(try await daemon.verdict(on: grant.token) == "401 TOKEN_EXPIRED")
            #expect(try await daemon.stop() == .code(0))
        }
    }
}

extension DaemonProcess {
    /// The records of rotations, in order.
    func rotations() async throws -> [String] {
        try await auditNames().filter { $0.contains("SECRET") }
    }
}

extension Request {
    /// A rotation of the session secret.
    static func rotation(_ query: String = "", as who: Credential) -> Request {
        Request("POST", "/v1/admin/rotate-secret" + query, as: who)
    }
}
