import Testing
import WaiaasCore
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite(.inTurns) struct StrandedSessionsTests {
    let ground: Ground
    let house: House
    let agent: Agent

    init() async throws {
        ground = try await Ground()
        house = try await House(on: ground)
        agent = try await house.agent()
    }

    private func endStranded(in house: House) async throws -> [SessionID] {
        try await house.secrets.stranded.end(after: house.secrets.ring, reason: "the secret's window ended")
    }

    @Test func `who did not cross over is revoked once the window is over, and gives back the agent's place`() async throws {
        let lost = try await house.issue(to: agent)
        let saved = try await house.issue(to: agent)
        try await house.rotate()
        let renewed = try await house.renew(saved.token)
        #expect(try await endStranded(in: house).isEmpty)

        house.clock.advance(by: .milliseconds(300_001))
        try await house.secrets.purgeEndedSecret()
        #expect(house.secrets.stranded.isDue(for: house.secrets.ring))
        #expect(try await endStranded(in: house) == [lost.session.id])
        #expect(!house.secrets.stranded.isDue(for: house.secrets.ring))
        #expect(try await house.sessions.session(lost.session.id).session.revokedAt != nil)
        #expect(try house.verify(renewed.token).session == saved.session.id)
        #expect(try await house.count(of: .sessionsRevoked) == 1)
        for _ in 0..<4 { _ = try await house.issue(to: agent) }
        #expect(try await problem { try await house.issue(to: agent) } == .sessionLimitExceeded)
        try await house.expectMemoryIsAsStored()
    }

    @Test func `a start makes up for what a stop came before`() async throws {
        let lost = try await house.issue(to: agent)
        try await house.rotate()
        house.clock.advance(by: .milliseconds(300_001))
        try await house.secrets.purgeEndedSecret()

        let next = try await House(on: ground)
        #expect(next.secrets.stranded.isDue(for: next.secrets.ring))
        #expect(try await endStranded(in: next) == [lost.session.id])
        try await next.expectMemoryIsAsStored()
    }

    @Test func `many are ended in several transactions, each with its record`() async throws {
        let house = try await House { $0.security.maxSessionsPerAgent = 2_000 }
        let agent = try await house.agent()
        for _ in 0..<1_001 { _ = try await house.issue(to: agent) }
        #expect(try await house.cut().sessionsCut.count == 1_001)
        #expect(try await house.count(of: .sessionsRevoked) == 3)
    }
}
