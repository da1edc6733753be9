import Testing
import WaiaasAPI
import WaiaasCore

@Suite("The clock is set while it runs (KEY-16)", .enabled(if: MovingClock.isInstalled, "\(MovingClock.missing)"))
struct ClockTests {
    private static let hour = Duration.seconds(3_600)

    @Test func `an hour ahead and back: what had ended lives again, and everything works on the way`() async throws {
        try await World.inside { world in
            let clock = try MovingClock(in: world, moving: .wall)
            let daemon = try await world.start(clock: clock)
            let agent = try await daemon.agent("trader")
            let (short, long) = (try await daemon.grant(to: agent, expiresIn: 300), try await daemon.grant(to: agent))
            try clock.move(by: Self.hour)
            #expect(try await daemon.verdict(on: short.token) == "401 TOKEN_EXPIRED")
            #expect(try await daemon.verdict(on: long.token) == "200 current")
            let ahead = try await daemon.grant(to: agent)
            try await daemon.rotate()
            try clock.move(by: .zero - Self.hour)
            // Nothing of it is from the past any more, and the window may only be shorter for it.
            #expect(["200 previous", "401 INVALID_TOKEN"].contains(try await daemon.verdict(on: short.token)))
            #expect(try await daemon.verdict(on: ahead.token) == "401 INVALID_TOKEN", "it seems to come from the future")
            #expect(try await daemon.verdict(on: try await daemon.grant(to: agent).token) == "200 current")
            #expect(try await daemon.stop() == .code(0))
            try await world.waiaas("audit verify").succeeded()
        }
    }

    @Test(arguments: [MovingClock.Hands.wall, .all])
    func `an hour back: it lives, and what it issued before works again when the clock has caught up`(hands: MovingClock.Hands) async throws
    {
        try await World.inside { world in
            let clock = try MovingClock(in: world, moving: hands)
            let first = try await world.start(clock: clock)
            let before = try await first.grant(to: "trader")
            try clock.move(by: .zero - Self.hour)
            #expect(try await first.verdict(on: before.token) == "401 INVALID_TOKEN")
            let after = try await first.grant(to: before.agentID)
            #expect(try await first.verdict(on: after.token) == "200 current")
            // The tick goes on: a stop is prompt, and a start under this clock is one like any other.
            #expect(try await first.stop() == .code(0))
            let second = try await world.start(clock: clock)
            #expect(try await second.verdict(on: after.token) == "200 current")
            try clock.move(by: Self.hour)
            for grant in [before, after] { #expect(try await second.verdict(on: grant.token) == "200 current") }
            #expect(try await second.stop() == .code(0))
            try await world.waiaas("audit verify").succeeded()
        }
    }

    @Test func `started while the clock is ahead, it finds the sessions again that had ended by it`() async throws {
        try await World.inside { world in
            let clock = try MovingClock(in: world, moving: .wall)
            let first = try await world.start(clock: clock)
            let agent = try await first.agent("trader")
            let (kept, revoked) = (try await first.grant(to: agent, expiresIn: 300), try await first.grant(to: agent, expiresIn: 300))
            try clock.move(by: Self.hour)
            try await first.stop()
            let second = try await world.start(clock: clock)
            #expect(try await second.verdict(on: kept.token) == "401 TOKEN_EXPIRED")
            let revocation = Request(RevokeSession.self, SessionPath(id: revoked.sessionID), NoContent(), as: second.operator)
            #expect(try await second.socket.send(revocation).status == 200)
            try clock.move(by: .zero - Self.hour)
            try await eventually("the session is found again") { try await second.verdict(on: kept.token) == "200 current" }
            #expect(try await second.verdict(on: revoked.token) == "401 SESSION_REVOKED")
            #expect(try await second.stop() == .code(0))
            try await world.waiaas("audit verify").succeeded()
        }
    }

    @Test(.enabled(if: Variables.soak > 1, "it takes more than a minute: make soak"))
    func `an hour ahead for longer than the sweep's turn, and back: the session lives on`() async throws {
        try await World.inside { world in
            let clock = try MovingClock(in: world, moving: .wall)
            let daemon = try await world.start(clock: clock)
            let grant = try await daemon.grant(to: try await daemon.agent("trader"), expiresIn: 300)
            try clock.move(by: Self.hour)
            let end = ContinuousClock.now + .seconds(65)
            try await eventually("a turn of the sweep", within: .seconds(90)) { ContinuousClock.now > end }
            try clock.move(by: .zero - Self.hour)
            #expect(try await daemon.verdict(on: grant.token) == "200 current")
        }
    }
}
