import Testing
import WaiaasCore
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite("the wall clock is set (KEY-16)", .inTurns) struct ClockJumpTests {
    let house: House
    let agent: Agent

    init() async throws {
        house = try await House()
        agent = try await house.agent()
    }

    /// The sessions of this test last five minutes, so each of these jumps passes their end.
    static let jumps: [Duration] = [.seconds(3_600), .seconds(172_800), .seconds(31_536_000)]

    @Test(arguments: jumps)
    func `a session that a clock ahead had ended lives on when the clock is right again`(jump: Duration) async throws {
        let issued = try await house.issue(to: agent, lasting: 300)
        house.clock.jumpWall(by: jump)
        #expect(try await problem { try house.verify(issued.token) } == .tokenExpired)
        for _ in 0..<3 {
            try await house.sessions.cleanUp()
            house.clock.advance(by: .seconds(60))
        }
        house.clock.jumpWall(by: .zero - jump)
        #expect(throws: Never.self) { try house.verify(issued.token) }
        #expect(try await house.sessions.session(issued.session.id).session == issued.session)
        try await house.expectMemoryIsAsStored()
    }

    @Test(arguments: jumps)
    func `started while the clock is ahead, it finds what it left out when the clock goes back`(jump: Duration) async throws {
        let (kept, revoked) = (try await house.issue(to: agent, lasting: 300), try await house.issue(to: agent, lasting: 300))
        house.clock.jumpWall(by: jump)
        let next = try await House(on: house.ground)
        _ = try await next.sessions.revoke(revoked.session.id, for: House.caller)
        house.clock.jumpWall(by: .zero - jump)
        #expect(next.sessions.forgetting.missing(at: house.clock.now.wall) != nil)
        try await next.sessions.recallForgotten()
        #expect(throws: Never.self) { try next.verify(kept.token) }
        #expect(try await problem { try next.verify(revoked.token) } == .sessionRevoked)
        #expect(next.sessions.forgetting.missing(at: house.clock.now.wall) == nil)
        try await next.expectMemoryIsAsStored()
    }

    @Test func `a recall that fails is tried again`() async throws {
        let issued = try await house.issue(to: agent, lasting: 300)
        house.clock.jumpWall(by: .seconds(3_600))
        let next = try await House(on: house.ground)
        house.clock.jumpWall(by: .seconds(-3_600))
        house.store.fail(with: .diskFull)
        await #expect(throws: StoreError.diskFull) { try await next.sessions.recallForgotten() }
        house.store.fail(with: nil)
        #expect(next.sessions.forgetting.missing(at: house.clock.now.wall) != nil)
        try await next.sessions.recallForgotten()
        #expect(throws: Never.self) { try next.verify(issued.token) }
    }

    @Test func `a clock that stays ahead for a day is believed, and what ended by it is forgotten`() async throws {
        let issued = try await house.issue(to: agent, lasting: 300)
        house.clock.jumpWall(by: .seconds(3_600))
        try await house.sessions.cleanUp()
        house.clock.advance(by: .seconds(86_400))
        try await house.sessions.cleanUp()
        let hash = issued.session.token.hash
        #expect(house.table.match(issued.session.id, hash: hash, at: house.clock.now.wall) == .unknown)
    }

    @Test(arguments: [0, 1, 4_999]) func `a clock that is slewed back by less than the leeway misses nothing`(milliseconds: Int)
        async throws
    {
        let issued = try await house.issue(to: agent, lasting: 300)
        house.clock.advance(by: .seconds(300))
        let next = try await House(on: house.ground)
        try await next.sessions.cleanUp()
        house.clock.jumpWall(by: .milliseconds(-milliseconds))
        #expect(next.sessions.forgetting.missing(at: house.clock.now.wall) == nil)
        #expect(throws: Never.self) { try next.verify(issued.token) }
    }

    @Test func `an hour back, nothing is forgotten and nothing traps`() async throws {
        let before = try await house.issue(to: agent)
        house.clock.jumpWall(by: .seconds(-3_600))
        // It seems to come from the future.
        #expect(try await problem { try house.verify(before.token) } == .invalidToken)
        try await house.sessions.cleanUp()
        let after = try await house.issue(to: agent)
        #expect(throws: Never.self) { try house.verify(after.token) }
        house.clock.jumpWall(by: .seconds(3_600))
        #expect(throws: Never.self) { try house.verify(before.token) }
        try await house.expectMemoryIsAsStored()
    }
}
