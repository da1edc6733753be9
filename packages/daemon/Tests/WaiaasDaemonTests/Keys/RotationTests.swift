import Testing
import WaiaasAPI
import WaiaasCore
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite(.inTurns) struct RotationTests {
    let house: House
    let agent: Agent

    init() async throws {
        house = try await House()
        agent = try await house.agent()
    }

    @Test func `a rotation makes the current secret the previous one, at once and on a fresh install`() async throws {
        let first = house.secrets.current.kid
        let rotation = try await house.rotate()
        #expect(rotation.previousKid == first)
        #expect(house.secrets.previous?.kid == first)
        #expect(house.secrets.current.kid == rotation.ring.active.kid)
        #expect(house.secrets.current.kid != first)
        #expect(house.secrets.rotatedAt == house.clock.now.wall)
        #expect(try await house.count(of: .secretRotated) == 1)
    }

    @Test(arguments: [Duration.zero, .milliseconds(1), .seconds(150), .milliseconds(299_999)])
    func `a second rotation within 300 s is refused with the time that is left and the end in force`(elapsed: Duration) async throws {
        try await house.rotate()
        let (before, ring) = (try await house.state(), house.secrets.ring)
        let end = house.clock.now.wall + .seconds(300)
        house.clock.advance(by: elapsed)
        await #expect(throws: RotationRefusal.tooRecent(wait: .seconds(300) - elapsed, previousEndsAt: end)) { try await house.rotate() }
        #expect(try await house.state() == before)
        #expect(house.secrets.ring.epoch == ring.epoch)
        #expect(try await house.count(of: .secretRotated) == 1)
    }

    @Test func `at 300,000 ms exactly the old key still verifies, and may yield to a new rotation`() async throws {
        let first = house.secrets.current.kid
        let token = try await house.issue(to: agent).token
        try await house.rotate()
        house.clock.advance(by: .milliseconds(300_000))
        #expect(try house.verify(token).kid == first)
        try await house.rotate()
        #expect(try await problem { try house.verify(token) } == .invalidToken)
        #expect(try await house.count(of: .previousSecretExpired) == 0)
    }

    @Test func `one millisecond later it verifies nothing, and a rotation records its end first`() async throws {
        let token = try await house.issue(to: agent).token
        let first = house.secrets.current.kid
        try await house.rotate()
        house.clock.advance(by: .milliseconds(300_001))
        #expect(try await problem { try house.verify(token) } == .invalidToken)
        #expect(house.secrets.previous == nil)
        #expect(house.secrets.rotatedAt == nil)
        try await house.rotate()
        let records = try await house.records().suffix(2)
        #expect(records.map(\.event) == ["PREVIOUS_SECRET_EXPIRED", "SECRET_ROTATED"])
        #expect(records.first?.details.contains(first.text) == true)
    }

    @Test func `KEY-16: a wall clock set back neither lengthens the window nor the cooldown`() async throws {
        let token = try await house.issue(to: agent, lasting: 86_400).token
        try await house.rotate()
        house.clock.advance(by: .milliseconds(299_999))
        house.clock.jumpWall(by: .seconds(-200))
        #expect(throws: Never.self) { try house.verify(token) }
        await #expect(throws: RotationRefusal.self) { try await house.rotate() }
        house.clock.advance(by: .milliseconds(2))
        #expect(try await problem { try house.verify(token) } == .invalidToken)
        try await house.rotate()
    }

    @Test func `a wall clock set forward ends the window but not the cooldown`() async throws {
        let token = try await house.issue(to: agent, lasting: 86_400).token
        try await house.rotate()
        house.clock.jumpWall(by: .milliseconds(300_001))
        #expect(try await problem { try house.verify(token) } == .invalidToken)
        await #expect(throws: RotationRefusal.tooRecent(wait: .seconds(300), previousEndsAt: nil)) { try await house.rotate() }
        try await house.secrets.purgeEndedSecret()
        await #expect(throws: RotationRefusal.tooRecent(wait: .seconds(300), previousEndsAt: nil)) { try await house.rotate() }
        house.clock.advance(by: .seconds(300))
        try await house.rotate()
    }

    @Test func `the tick drops the ended secret from rows and memory with one record, and does nothing before or after`() async throws {
        try await house.rotate()
        house.clock.advance(by: .milliseconds(300_000))
        try await house.secrets.purgeEndedSecret()
        #expect(house.secrets.ring.retiring != nil)
        house.clock.advance(by: .milliseconds(1))
        try await house.secrets.purgeEndedSecret()
        #expect(house.secrets.ring.retiring == nil)
        let state = try await house.state()
        #expect(state[.jwtSecretPrevious] == nil)
        #expect(state[.jwtSecretRotatedAt] == nil)
        let writes = house.store.writes
        try await house.secrets.purgeEndedSecret()
        #expect(house.store.writes == writes)
        #expect(try await house.count(of: .previousSecretExpired) == 1)
    }

    @Test func `KEY-08: a cut is allowed in the cooldown, ends both secrets and every session, and an ordinary rotation may follow`()
        async throws
    {
        let old = try await house.issue(to: agent)
        try await house.rotate()
        let new = try await house.issue(to: agent)
        let cut = try await house.cut()
        #expect(Set(cut.sessionsCut) == [old.session.id, new.session.id])
        #expect(cut.ring.retiring == nil)
        #expect(try await problem { try house.verify(old.token) } == .invalidToken)
        #expect(try await problem { try house.verify(new.token) } == .invalidToken)
        #expect(try await house.state()[.jwtSecretPrevious] == nil)
        try await house.expectMemoryIsAsStored()
        try await house.rotate()
        #expect(try await house.count(of: .secretRotated) == 3)
        #expect(try await house.count(of: .previousSecretExpired) == 0)
    }

    @Test func `a cut that finds an ended window records that end first`() async throws {
        try await house.rotate()
        house.clock.advance(by: .milliseconds(300_001))
        let active = house.secrets.current.kid
        try await house.cut()
        let records = try await house.records().suffix(2)
        #expect(records.map(\.event) == ["PREVIOUS_SECRET_EXPIRED", "SECRET_ROTATED"])
        #expect(records.last?.details.contains("\"tainted\":\"\(active)\"") == true)
    }

    @Test func `every change raises the epoch and seals all values anew`() async throws {
        var states = [try await house.state()]
        try await house.rotate()
        states.append(try await house.state())
        house.clock.advance(by: .milliseconds(300_001))
        try await house.secrets.purgeEndedSecret()
        states.append(try await house.state())
        try await house.cut()
        states.append(try await house.state())
        #expect(states.map { $0[.sessionRingEpoch] } == ["0", "1", "2", "3"])
        for name in [StateName.jwtSecretCurrent, .jwtSecretPrevious] {
            let values = states.compactMap { $0[name] }
            #expect(Set(values).count == values.count)
        }
    }

    @Test func `KEY-06: of 32 rotations at once one wins, and the others are told to wait`() async throws {
        let outcomes = await withTaskGroup(of: RotationRefusal?.self) { group in
            for _ in 0..<32 {
                group.addTask { [house] in
                    do {
                        try await house.rotate()
                        return nil
                    } catch {
                        return error as? RotationRefusal ?? .repeatedKey(house.secrets.current.kid)
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let end = house.clock.now.wall + .seconds(300)
        #expect(outcomes.count { $0 == nil } == 1)
        #expect(outcomes.count { $0 == .tooRecent(wait: .seconds(300), previousEndsAt: end) } == 31)
        #expect(try await house.count(of: .secretRotated) == 1)
        #expect(house.secrets.ring.epoch == 1)
    }

    @Test func `after a rotation has answered no token of the secret before is made, however many are being issued`() async throws {
        let crowd = try await House { $0.security.maxSessionsPerAgent = 1_000_000 }
        let agent = try await crowd.agent()
        for _ in 0..<10 {
            let old = crowd.secrets.current.kid
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        for _ in 0..<8 { _ = try await crowd.issue(to: agent) }
                    }
                }
                try await crowd.rotate()
                let answered = try await crowd.issue(to: agent)
                #expect(answered.session.token.kid != old)
                for _ in 0..<8 {
                    group.addTask {
                        let issued = try await crowd.issue(to: agent)
                        #expect(issued.session.token.kid != old)
                        #expect(try crowd.verify(issued.token).isOfRetiringKey == false)
                    }
                }
                try await group.waitForAll()
            }
            // Whatever was issued by either secret verifies in the window.
            try await crowd.expectMemoryIsAsStored()
            crowd.clock.advance(by: .seconds(300))
        }
        #expect(try await crowd.count(of: .secretRotated) == 10)
    }

    @Test func `a rotation whose commit fails has not happened`() async throws {
        let token = try await house.issue(to: agent).token
        let (kid, state, records) = (house.secrets.current.kid, try await house.state(), try await house.records())
        house.store.fail(with: .diskFull)
        await #expect(throws: StoreError.diskFull) { try await house.rotate() }
        await #expect(throws: StoreError.diskFull) { try await house.cut() }
        house.store.fail(with: nil)
        #expect(house.secrets.current.kid == kid)
        #expect(house.secrets.previous == nil)
        #expect(throws: Never.self) { try house.verify(token) }
        #expect(try await house.state() == state)
        #expect(try await house.records() == records)
        try await house.rotate()
    }

    @Test func `a ring that somebody else has changed in the store is not written over`() async throws {
        try await house.set(.sessionRingEpoch, to: "7")
        await #expect(throws: StoreError.foreignWriter) { try await house.rotate() }
        await #expect(throws: StoreError.foreignWriter) { try await house.cut() }
        #expect(try await house.state()[.sessionRingEpoch] == "7")
        #expect(try await house.count(of: .secretRotated) == 0)
    }

    @Test func `the plan of a rotation changes nothing and counts the sessions on each secret`() async throws {
        _ = try await house.issue(to: agent)
        try await house.rotate()
        _ = try await house.issue(to: agent)
        _ = try await house.issue(to: agent)
        let state = try await house.state()
        let plan = house.secrets.plan(compromised: false)
        #expect(plan.sessionsOnCurrent == 2)
        #expect(plan.sessionsOnPrevious == 1)
        #expect(plan.allowedAt == house.clock.now.wall + .seconds(300))
        #expect(house.secrets.plan(compromised: true).allowedAt == nil)
        #expect(try await house.state() == state)
    }
}
