import Testing
import WaiaasCore
import WaiaasTestSupport

/// The rotation of the session secret, to the millisecond (seed 000).
@Suite("Key ring")
struct KeyRingTests {
    typealias Ring = KeyRing<Int>

    private let clock = ManualClock()
    private let policy = RotationPolicy.session

    private func kid(_ number: Int) throws -> KeyID { try #require(KeyID("k\(number)")) }

    private func fresh() throws -> Ring {
        Ring(epoch: 0, active: Key(active: try kid(1), material: 1, createdAt: clock.now.wall))
    }

    private func rotate(_ ring: Ring, to number: Int) throws -> Ring {
        try ring.rotated(to: kid(number), material: number, at: clock.now, policy: policy)
    }

    /// The material of the keys that verify now, in the order in which they are tried.
    private func verifying(_ ring: Ring) -> [Int] { ring.verifyingKeys(at: clock.now).map(\.material) }

    @Test func `the session policy is five minutes for both spans`() {
        #expect(RotationPolicy.session == RotationPolicy(overlap: .milliseconds(300_000), cooldown: .milliseconds(300_000)))
    }

    @Test func `a fresh ring may rotate at once, and then both keys verify`() throws {
        let ring = try rotate(fresh(), to: 2)
        #expect(ring.active.material == 2 && ring.active.state == .active && ring.active.overlap == nil)
        #expect(ring.active.createdAt == clock.now.wall)
        #expect(ring.retiring?.material == 1 && ring.retiring?.state == .retiring)
        #expect(ring.retiring?.overlap?.endsAt == clock.now.wall + .seconds(300))
        #expect(verifying(ring) == [2, 1])
        #expect(ring.epoch == 1)
    }

    @Test(arguments: [(Int64(300_000), KeyState.retiring), (300_001, nil)] as [(Int64, KeyState?)])
    func `a kid is said to be active or retiring as long as its key verifies`(later: Int64, state: KeyState?) throws {
        let ring = try rotate(fresh(), to: 2)
        clock.advance(by: .milliseconds(later))
        #expect(ring.verifyingState(of: try kid(2), at: clock.now) == .active)
        #expect(ring.verifyingState(of: try kid(1), at: clock.now) == state)
        #expect(ring.verifyingState(of: try kid(3), at: clock.now) == nil)
        for number in 1...3 {
            let key = ring.verifyingKey(named: try kid(number), at: clock.now)
            #expect(key?.state == ring.verifyingState(of: try kid(number), at: clock.now))
        }
    }

    @Test(arguments: [(299_999, [2, 1]), (300_000, [2, 1]), (300_001, [2])] as [(Int64, [Int])])
    func `the key before verifies through 300,000 ms, by name and without one, KEY-04`(passed: Int64, materials: [Int]) throws {
        let ring = try rotate(fresh(), to: 2)
        clock.advance(by: .milliseconds(passed))
        #expect(verifying(ring) == materials)
        #expect(try ring.verifyingKey(named: kid(1), at: clock.now)?.material == (materials.contains(1) ? 1 : nil))
        #expect(try ring.verifyingKey(named: kid(2), at: clock.now)?.material == 2)
        #expect(ring.hasEndedOverlap(at: clock.now) == !materials.contains(1))
    }

    @Test func `a foreign kid names no key`() throws {
        let ring = try rotate(fresh(), to: 2)
        #expect(try ring.verifyingKey(named: kid(3), at: clock.now) == nil)
    }

    @Test(arguments: [(0, 300_000), (1, 299_999), (299_999, 1)] as [(Int64, Int64)])
    func `a second rotation in the cooldown is refused with the wait and the end in force, KEY-07`(passed: Int64, wait: Int64) throws {
        let start = clock.now.wall
        let ring = try rotate(fresh(), to: 2)
        clock.advance(by: .milliseconds(passed))
        #expect(throws: RotationRefusal.tooRecent(wait: .milliseconds(wait), previousEndsAt: start + .seconds(300))) {
            try rotate(ring, to: 3)
        }
        #expect(ring.cooldownLeft(at: clock.now, policy: policy) == .milliseconds(wait))
    }

    @Test func `at exactly 300,000 ms the old key still verifies, and a rotation makes it yield`() throws {
        let ring = try rotate(fresh(), to: 2)
        clock.advance(by: .milliseconds(300_000))
        #expect(verifying(ring) == [2, 1])
        #expect(ring.purged(at: clock.now) == nil)
        let next = try rotate(ring, to: 3)
        #expect(verifying(next) == [3, 2])
        #expect(try next.verifyingKey(named: kid(1), at: clock.now) == nil)
        #expect(next.epoch == 2)
    }

    @Test func `the cooldown does not end by setting the wall clock forward, though the window does, KEY-16`() throws {
        let ring = try rotate(fresh(), to: 2)
        clock.jumpWall(by: .seconds(3_600))
        #expect(verifying(ring) == [2])
        #expect(throws: RotationRefusal.tooRecent(wait: .seconds(300), previousEndsAt: nil)) { try rotate(ring, to: 3) }
        let purged = try #require(ring.purged(at: clock.now))
        #expect(throws: RotationRefusal.tooRecent(wait: .seconds(300), previousEndsAt: nil)) { try rotate(purged, to: 3) }
        clock.advance(by: .seconds(300))
        #expect(try verifying(rotate(purged, to: 3)) == [3, 2])
    }

    @Test func `the cooldown ends by the continuous clock though the wall clock was set back`() throws {
        let ring = try rotate(fresh(), to: 2)
        clock.jumpWall(by: .seconds(-3_600))
        clock.advance(by: .milliseconds(299_999))
        #expect(ring.cooldownLeft(at: clock.now, policy: policy) == .milliseconds(1))
        clock.advance(by: .milliseconds(1))
        #expect(try rotate(ring, to: 3).epoch == 2)
    }

    @Test(arguments: [(-6_000, nil), (-5_000, 300_000), (0, 300_000), (299_999, 1), (300_000, nil)] as [(Int64, Int64?)])
    func `after a load the cooldown goes on from what the wall clock says`(age: Int64, wait: Int64?) throws {
        let overlap = Overlap(loading: clock.now.wall - .milliseconds(age), length: policy.overlap, at: clock.now)
        let retiring = try overlap.map { Key(retiring: try kid(1), material: 1, createdAt: nil, overlap: $0) }
        let ring = try Ring(epoch: 7, active: Key(active: kid(2), material: 2, createdAt: nil), retiring: retiring)
        #expect(ring.cooldownLeft(at: clock.now, policy: policy) == wait.map { .milliseconds($0) })
    }

    @Test func `a cut is allowed in the cooldown, leaves one key, and an ordinary rotation may follow at once, KEY-08`() throws {
        let ring = try rotate(fresh(), to: 2)
        clock.advance(by: .seconds(1))
        let cut = try ring.cut(to: kid(3), material: 3, at: clock.now)
        #expect(verifying(cut) == [3])
        #expect(cut.retiring == nil)
        #expect(try cut.verifyingKey(named: kid(1), at: clock.now) == nil)
        #expect(try cut.verifyingKey(named: kid(2), at: clock.now) == nil)
        #expect(cut.epoch == 2)
        #expect(cut.cooldownLeft(at: clock.now, policy: policy) == nil)
        let next = try rotate(cut, to: 4)
        #expect(verifying(next) == [4, 3])
        #expect(next.epoch == 3)
    }

    @Test func `a purge drops the ended key once, and raises the epoch`() throws {
        let ring = try rotate(fresh(), to: 2)
        #expect(ring.purged(at: clock.now) == nil)
        clock.advance(by: .milliseconds(300_001))
        let purged = try #require(ring.purged(at: clock.now))
        #expect(purged.retiring == nil && purged.active.material == 2 && purged.epoch == 2)
        #expect(purged.purged(at: clock.now) == nil)
        clock.jumpWall(by: .seconds(-3_600))
        #expect(verifying(purged) == [2], "what was purged does not come back with the wall clock")
    }

    @Test(arguments: [1, 2])
    func `a kid that is in the ring already is refused in both forms`(number: Int) throws {
        let ring = try rotate(fresh(), to: 2)
        clock.advance(by: .seconds(300))
        #expect(throws: RotationRefusal.repeatedKey(try kid(number))) { try rotate(ring, to: number) }
        #expect(throws: RotationRefusal.repeatedKey(try kid(number))) {
            try ring.cut(to: kid(number), material: number, at: clock.now)
        }
    }

    @Test func `the forecast tells what a rotation would do`() throws {
        let ring = try rotate(fresh(), to: 2)
        clock.advance(by: .seconds(100))
        let ordinary = RotationForecast(of: ring, at: clock.now, policy: policy, compromised: false)
        #expect(try ordinary.retiringKid == kid(2))
        #expect(ordinary.previousEndsAt == clock.now.wall + .seconds(300))
        #expect(ordinary.wait == .seconds(200))
        let compromised = RotationForecast(of: ring, at: clock.now, policy: policy, compromised: true)
        #expect(try compromised.retiringKid == kid(2))
        #expect(compromised.previousEndsAt == nil && compromised.wait == nil)
    }

    @Test(arguments: ["k", "Az09-_", String(repeating: "a", count: 64)])
    func `a kid is base64url text of 1 to 64 characters, JWT-05`(text: String) {
        #expect(KeyID(text)?.description == text)
    }

    @Test(arguments: ["", " ", "a b", "a.b", "a/b", "a=", "ä", "a\n", "../k", String(repeating: "a", count: 65)])
    func `any other text is no kid, JWT-05`(text: String) {
        #expect(KeyID(text) == nil)
    }
}
