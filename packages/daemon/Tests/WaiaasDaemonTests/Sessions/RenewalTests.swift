import Testing
import WaiaasCore
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite(.inTurns) struct RenewalTests {
    let house: House
    let agent: Agent

    init() async throws {
        house = try await House()
        agent = try await house.agent()
    }

    @Test func `a renewed session has a new token, and the one before goes on working for 60 s`() async throws {
        let issued = try await house.issue(to: agent, lasting: 600)
        house.clock.advance(by: .seconds(300))
        let renewed = try await house.renew(issued.token)
        #expect(renewed.session.token.expiresAt == house.clock.now.wall + .seconds(600))
        #expect(renewed.session.renewalCount == 1)
        try await house.expectMemoryIsAsStored()
        house.clock.advance(by: .seconds(60))
        #expect(throws: Never.self) { try house.verify(issued.token) }
        house.clock.advance(by: .milliseconds(1))
        #expect(try await problem { try house.verify(issued.token) } == .invalidToken)
        #expect(throws: Never.self) { try house.verify(renewed.token) }
        try await house.expectMemoryIsAsStored()
    }

    @Test func `repeating a renewal within 60 s gives the same bytes, counts once and changes nothing`() async throws {
        let issued = try await house.issue(to: agent, lasting: 600)
        house.clock.advance(by: .seconds(300))
        let first = try await house.renew(issued.token)
        let records = try await house.records()
        for step in [Duration.zero, .seconds(30), .seconds(30)] {
            house.clock.advance(by: step)
            let again = try await house.renew(issued.token)
            #expect(again.token == first.token)
            #expect(again.session == first.session)
        }
        #expect(try await house.records() == records)
    }

    @Test func `of two renewals with one token at once one renews, and both get the same token`() async throws {
        for _ in 0..<20 {
            let issued = try await house.issue(to: agent, lasting: 600)
            house.clock.advance(by: .seconds(300))
            let verified = try house.verify(issued.token)
            async let one = house.sessions.renew(verified, for: House.caller)
            async let other = house.sessions.renew(verified, for: House.caller)
            let (first, second) = try await (one, other)
            #expect(first.token == second.token)
            #expect(first.session.renewalCount == 1)
            _ = try await house.sessions.revoke(issued.session.id, for: House.caller)
        }
        #expect(try await house.count(of: .sessionRenewed) == 20)
        try await house.expectMemoryIsAsStored()
    }

    @Test func `before half of its life a token is not renewed, and a millisecond decides`() async throws {
        let issued = try await house.issue(to: agent, lasting: 600)
        house.clock.advance(by: .milliseconds(299_999))
        let half = issued.session.token.issuedAt + .seconds(300)
        await #expect(throws: RenewalRefusal.tooEarly(from: half)) { try await house.renew(issued.token) }
        #expect(Problem(RenewalRefusal.tooEarly(from: half)).message.contains(half.iso8601), "it says when")
        house.clock.advance(by: .milliseconds(1))
        _ = try await house.renew(issued.token)
    }

    @Test func `a session of no renewals is not renewed, and one of one once`() async throws {
        let none = try await house.issue(to: agent, lasting: 300, renewals: 0)
        let one = try await house.issue(to: agent, lasting: 300, renewals: 1)
        house.clock.advance(by: .seconds(200))
        await #expect(throws: RenewalRefusal.limitReached(max: 0)) { try await house.renew(none.token) }
        let renewed = try await house.renew(one.token)
        house.clock.advance(by: .seconds(200))
        await #expect(throws: RenewalRefusal.limitReached(max: 1)) { try await house.renew(renewed.token) }
    }

    @Test func `a token of the secret before crosses over at any age, free, and keeps its end`() async throws {
        let issued = try await house.issue(to: agent, lasting: 3_600, renewals: 0)
        try await house.rotate()
        let crossed = try await house.renew(issued.token)
        #expect(crossed.session.token.kid == house.secrets.current.kid)
        #expect(crossed.session.token.expiresAt == issued.session.token.expiresAt)
        #expect(crossed.session.renewalCount == 0)
        #expect(try house.verify(crossed.token).isOfRetiringKey == false)
        try await house.expectMemoryIsAsStored()
    }

    @Test func `a token that was checked just before a rotation crosses over too`() async throws {
        let issued = try await house.issue(to: agent, lasting: 3_600)
        let checked = try house.verify(issued.token)
        try await house.rotate()
        let crossed = try await house.sessions.renew(checked, for: House.caller)
        #expect(crossed.session.token.kid == house.secrets.current.kid)
    }

    @Test func `a token that was checked just before its secret was cut is not renewed`() async throws {
        let issued = try await house.issue(to: agent, lasting: 600)
        house.clock.advance(by: .seconds(300))
        let checked = try house.verify(issued.token)
        try await house.cut()
        #expect(try await problem { try await house.sessions.renew(checked, for: House.caller) } == .invalidToken)
    }

    @Test func `a repetition may carry a token of the secret before, and only while that verifies`() async throws {
        let issued = try await house.issue(to: agent, lasting: 600)
        house.clock.advance(by: .seconds(300))
        let renewed = try await house.renew(issued.token)
        try await house.rotate()
        let again = try await house.renew(issued.token)
        #expect(again.token == renewed.token)
        #expect(try house.verify(again.token).isOfRetiringKey)
    }

    @Test func `a token of two renewals ago renews nothing`() async throws {
        let issued = try await house.issue(to: agent, lasting: 300)
        house.clock.advance(by: .seconds(200))
        let second = try await house.renew(issued.token)
        let checked = try house.verify(issued.token)
        house.clock.advance(by: .seconds(200))
        _ = try await house.renew(second.token)
        await #expect(throws: RenewalRefusal.mismatch) { try await house.sessions.renew(checked, for: House.caller) }
    }

    @Test func `a renewal whose commit fails leaves the old token and no new one`() async throws {
        let issued = try await house.issue(to: agent, lasting: 600)
        house.clock.advance(by: .seconds(300))
        house.store.fail(with: .unavailable("test"))
        await #expect(throws: StoreError.unavailable("test")) { try await house.renew(issued.token) }
        house.store.fail(with: nil)
        #expect(throws: Never.self) { try house.verify(issued.token) }
        try await house.expectMemoryIsAsStored()
        #expect(try await house.renew(issued.token).session.renewalCount == 1)
    }
}
