import Testing
import WaiaasAPI
import WaiaasCore
import WaiaasTestSupport

@testable import WaiaasDaemon

/// What the operator is told of the rings of key pairs.
@Suite(.inTurns) struct RingServiceTests {
    private func rotate(
        _ house: House, _ ring: RingName = .user, compromised: Bool = false, isDryRun: Bool = false
    ) async throws -> KeyRotationAnswer {
        try await house.rooms.services.rings.rotate(ring, compromised: compromised, isDryRun: isDryRun, for: House.caller)
    }

    @Test func `the timeline says the times that the ring will keep`() async throws {
        let house = try await House()
        let answer = try await rotate(house)
        let staged = try #require(answer.keys.first { $0.kid == answer.kid })
        #expect(staged.state == .staged)
        #expect(answer.timeline.map(\.at).prefix(2) == [staged.createdAt, staged.signsFrom])
        house.clock.advance(by: house.keys.policy.staging(at: house.clock.now.wall))
        try await house.keys.advance()
        let keys = try await house.rooms.services.rings.report(.user).keys
        #expect(keys.first?.kid == answer.kid && keys.first?.state == .active)
        let last = try #require(answer.timeline.last?.at)
        #expect(try #require(keys.last?.verifiesUntil) <= last, "at the latest")
    }

    @Test func `KEY-07 while a key is staged a dry run is refused as the rotation is`() async throws {
        let house = try await House()
        let kid = try #require(try await rotate(house).kid)
        house.clock.advance(by: .seconds(30))
        let refusal = RotationRefusal.alreadyStaged(kid, wait: house.keys.policy.staging(at: house.clock.now.wall) - .seconds(30))
        await #expect(throws: refusal) { try await rotate(house, isDryRun: true) }
        await #expect(throws: refusal) { try await rotate(house) }
    }

    @Test func `a dry run changes nothing, and names what a rotation after a leak takes`() async throws {
        let house = try await House()
        let staged = try #require(try await rotate(house).kid)
        let before = house.keys.ring
        let plan = try await rotate(house, compromised: true, isDryRun: true)
        #expect(plan.dryRun && plan.kid == nil && house.keys.ring.epoch == before.epoch)
        #expect(plan.timeline.count == 3)
        for kid in [before.active.kid, staged] { #expect(plan.timeline.contains { $0.event.hasPrefix("\(kid) stops verifying here") }) }
        let cut = try await rotate(house, compromised: true)
        #expect(cut.keys.map(\.kid) == [try #require(cut.kid)], "KEY-19: nothing of before is left")
        #expect(cut.timeline.map(\.event) == plan.timeline.map(\.event))
    }

    @Test func `a key of the audit ring stays`() async throws {
        let house = try await House()
        let first = try #require(try await house.rooms.services.rings.report(.audit).keys.first?.kid)
        _ = try await rotate(house, .audit)
        let problem = await #expect(throws: Problem.self) {
            try await house.rooms.services.rings.remove(first, from: .audit, isTainted: true, for: House.caller)
        }
        #expect(problem?.code == .keySigns)
        #expect(try await house.rooms.services.rings.report(.audit).keys.map(\.state) == [.active, .retiring])
    }
}
