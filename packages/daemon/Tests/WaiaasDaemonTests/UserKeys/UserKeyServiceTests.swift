import Testing
import WaiaasCore
import WaiaasCrypto
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite(.inTurns) struct UserKeyServiceTests {
    let house: House
    let ground: Ground
    let user: User
    let day = Duration.seconds(86_400)
    let leeway = SessionLimits.leeway

    init() async throws {
        ground = try await Ground()
        house = try await House(on: ground)
        user = try await house.user()
    }

    private var ring: UserRing { house.keys.ring }
    private var clock: ManualClock { ground.clock }

    @discardableResult
    private func stage() async throws -> KeyID {
        try #require(try await house.keys.stageNextKey(by: .operator, requestID: nil).staged).kid
    }

    @Test func `KEY-03: a next key is published at once and signs when nobody can hold an older key set`() async throws {
        let first = ring.active.kid
        let second = try await stage()
        #expect(ring.active.kid == first)
        let token = try await house.login(of: user).access
        #expect(try JWS(parsing: token).header.kid == first)
        clock.advance(by: .milliseconds(329_999))
        #expect(!house.keys.isDue(at: clock.now))
        try await house.keys.advance()
        #expect(ring.active.kid == first)
        clock.advance(by: .milliseconds(1))
        #expect(house.keys.isDue(at: clock.now))
        try await house.keys.advance()
        #expect(ring.active.kid == second)
        #expect(ring.staged == nil)
        #expect(ring.retirees.map(\.kid) == [first])
        #expect(try JWS(parsing: try await house.login(of: user).access).header.kid == second)
        _ = try house.accept(token)
        #expect(
            try await house.events().filter { $0.hasPrefix("USER_KEY") } == ["USER_KEY_ROTATED", "USER_KEY_STAGED", "USER_KEY_ROTATED"])
    }

    @Test(arguments: [Duration.seconds(86_400), .seconds(-86_400)])
    func `KEY-16: the wall clock has no say in when a staged key signs`(jump: Duration) async throws {
        let first = ring.active.kid
        try await stage()
        clock.jumpWall(by: jump)
        #expect(!house.keys.isDue(at: clock.now))
        try await house.keys.advance()
        #expect(ring.active.kid == first)
        clock.advance(by: house.keys.policy.staging(at: house.clock.now.wall))
        try await house.keys.advance()
        #expect(ring.active.kid != first)
    }

    @Test func `a second next key waits for the first`() async throws {
        let staged = try await stage()
        clock.advance(by: .seconds(30))
        await #expect(throws: RotationRefusal.alreadyStaged(staged, wait: .seconds(300))) { try await stage() }
        #expect(ring.staged?.kid == staged)
    }

    @Test(arguments: [0, 100, 329, 330, 100_000])
    func `a restart goes on with a staging, and nobody waits twice`(elapsed: Int) async throws {
        let staged = try await stage()
        clock.advance(by: .seconds(elapsed))
        let next = try await House(on: ground)
        #expect(next.keys.ring.staged?.kid == staged)
        #expect(next.keys.isDue(at: clock.now) == (elapsed >= 330))
        clock.advance(by: .seconds(max(0, 330 - elapsed)))
        try await next.keys.advance()
        #expect(next.keys.ring.active.kid == staged)
    }

    @Test func `a staging that seems to come from the future begins anew at a restart`() async throws {
        let staged = try await stage()
        clock.advance(by: .seconds(300))
        clock.jumpWall(by: .seconds(-3_600))
        let next = try await House(on: ground)
        clock.advance(by: .seconds(329))
        try await next.keys.advance()
        #expect(next.keys.ring.staged?.kid == staged)
        clock.advance(by: .seconds(1))
        try await next.keys.advance()
        #expect(next.keys.ring.active.kid == staged)
    }

    @Test func `KEY-04: the key before verifies until the last token of a login that it signed has ended, then goes`() async throws {
        // So late that whatever the daemon may have signed before its start has ended.
        clock.advance(by: day - .seconds(60))
        let first = ring.active.kid
        let login = try await house.login(of: user, life: 7_200)
        let end = try house.accept(login.access).expiresAt
        try await house.rotateUserKey()
        #expect(try #require(ring.retirees.first?.overlap).endsAt == end + leeway)
        // A refresh after the promotion is signed by the next key and prolongs nothing.
        _ = try await house.exchange(login.refresh)
        clock.advance(by: end - clock.now.wall + leeway - .milliseconds(1))
        _ = try house.accept(login.access)
        clock.advance(by: .milliseconds(1))
        #expect(!house.keys.isDue(at: clock.now))
        #expect(ring.verifyingKey(named: first, at: clock.now) != nil)
        clock.advance(by: .milliseconds(1))
        #expect(ring.verifyingKey(named: first, at: clock.now) == nil)
        #expect(house.keys.isDue(at: clock.now))
        try await house.keys.advance()
        #expect(ring.retirees.isEmpty)
        #expect(try await house.count(of: .userKeyRetired) == 1)
        #expect(!house.keys.isDue(at: clock.now))
    }

    @Test func `the key before outlives the last token without a login by the longest life`() async throws {
        clock.advance(by: .seconds(10_000))
        _ = try await house.refresh.withoutLogin(for: user, life: .seconds(60), for: House.caller)
        let last = clock.now.wall
        clock.advance(by: .seconds(10_000))
        try await house.rotateUserKey()
        #expect(try #require(ring.retirees.first?.overlap).endsAt == last + day + leeway)
    }

    @Test func `what was signed before a start is taken for signed at the start`() async throws {
        _ = try await house.refresh.withoutLogin(for: user, life: .seconds(86_400), for: House.caller)
        let token = try await house.refresh.withoutLogin(for: user, life: .seconds(86_400), for: House.caller).access.signed()
        clock.advance(by: .seconds(100))
        let next = try await House(on: ground)
        let start = clock.now.wall
        try await next.rotateUserKey()
        #expect(try #require(next.keys.ring.retirees.first?.overlap).endsAt == start + day + leeway)
        clock.advance(by: day - .seconds(431))
        _ = try next.accept(token)
    }

    @Test func `tokens go on through five rotations without one refusal`() async throws {
        var login = try await house.login(of: user, life: 900)
        var seen: Set<KeyID> = [ring.active.kid]
        for _ in 0..<5 {
            let before = login.access
            try await house.rotateUserKey()
            seen.insert(ring.active.kid)
            _ = try house.accept(before)
            let grant = try await house.exchange(login.refresh)
            login = (try #require(grant.refresh), try grant.access.signed(), login.family)
            _ = try house.accept(login.access)
        }
        #expect(seen.count == 6)
        #expect(ring.retirees.count == 5)
    }

    @Test func `KEY-08, KEY-19: after a leak a fresh key is the only one, at once, the staged one gone too`() async throws {
        let old = try await house.login(of: user).access
        try await house.rotateUserKey()
        let current = try await house.login(of: user).access
        let kids = ring.verifyingKeys(at: clock.now).map(\.kid) + [try await stage()]
        let next = try await house.keys.cutKeys(by: .operator, requestID: "r")
        #expect(next.verifyingKeys(at: clock.now).map(\.kid) == [next.active.kid])
        #expect(!kids.contains(next.active.kid))
        for token in [old, current] { #expect(try await problem { try house.accept(token) } == .invalidToken) }
        #expect(!house.keys.isDue(at: clock.now))
        let record = try #require(try await house.records().last)
        #expect(record.event == "USER_KEY_ROTATED")
        for kid in kids { #expect(String(describing: record).contains(kid.text)) }
        // And a rotation may follow at once.
        try await stage()
    }

    @Test func `a key that signs stays; staged and retiring ones can be taken out, as tainted or not`() async throws {
        let token = try await house.login(of: user).access
        let first = ring.active.kid
        await #expect(throws: RotationRefusal.signs(first)) {
            try await house.keys.remove(first, isTainted: true, by: .operator, requestID: nil)
        }
        let unknown = try #require(KeyID("unknown"))
        await #expect(throws: RotationRefusal.unknownKey(unknown)) {
            try await house.keys.remove(unknown, isTainted: true, by: .operator, requestID: nil)
        }
        try await house.rotateUserKey()
        let staged = try await stage()
        _ = try await house.keys.remove(staged, isTainted: false, by: .operator, requestID: nil)
        #expect(ring.staged == nil)
        _ = try await house.keys.remove(first, isTainted: true, by: .operator, requestID: nil)
        #expect(try await problem { try house.accept(token) } == .invalidToken)
        #expect(try await house.events().suffix(2) == ["USER_KEY_RETIRED", "USER_KEY_TAINTED"])
        #expect(try await House(on: ground).keys.ring.verifyingKeys(at: clock.now).map(\.kid) == [ring.active.kid])
    }

    @Test func `a change that could not be stored changes nothing, and can be tried again`() async throws {
        let (before, json, events) = (ring.epoch, house.keys.keySet.json, try await house.events())
        house.store.fail(with: .diskFull)
        await #expect(throws: StoreError.diskFull) { try await stage() }
        await #expect(throws: StoreError.diskFull) { try await house.keys.cutKeys(by: .operator, requestID: nil) }
        house.store.fail(with: nil)
        #expect(ring.epoch == before)
        #expect(house.keys.keySet.json == json)
        #expect(try await house.events() == events)
        try await stage()
        clock.advance(by: house.keys.policy.staging(at: house.clock.now.wall))
        house.store.fail(with: .diskFull)
        await #expect(throws: StoreError.diskFull) { try await house.keys.advance() }
        house.store.fail(with: nil)
        #expect(house.keys.isDue(at: clock.now))
        try await house.keys.advance()
        #expect(ring.retirees.count == 1)
    }

    @Test func `KEY-05: a crash between the commit and memory is made good by the next start`() async throws {
        // The second house commits; the first is the memory that did not hear of it.
        let other = try await House(on: ground)
        let staged = try #require(try await other.keys.stageNextKey(by: .operator, requestID: nil).staged).kid
        #expect(ring.staged == nil)
        await #expect(throws: StoreError.foreignWriter) { try await stage() }
        #expect(try await House(on: ground).keys.ring.staged?.kid == staged)
    }

    @Test func `KEY-06: two at once stage one key`() async throws {
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 { group.addTask { (try? await house.keys.stageNextKey(by: .operator, requestID: nil)) != nil } }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(outcomes == 1)
        #expect(try await house.count(of: .userKeyStaged) == 1)
    }

    // The schedule.

    private func scheduled(_ every: Int = 7_200) async throws -> House {
        try await House(on: ground) { $0.auth.rotateEvery = .seconds(every) }
    }

    @Test func `without a schedule a key signs for ever`() async throws {
        clock.advance(by: .seconds(100_000_000))
        #expect(!house.keys.isDue(at: clock.now))
        try await house.keys.advance()
        #expect(ring.staged == nil)
    }

    @Test func `by the schedule a next key is staged when the one that signs is old enough, again and again`() async throws {
        let house = try await scheduled()
        var seen: Set<KeyID> = [house.keys.ring.active.kid]
        for _ in 0..<3 {
            clock.advance(by: try #require(house.keys.ring.active.createdAt) + .seconds(7_200) - clock.now.wall - .milliseconds(1))
            #expect(!house.keys.isDue(at: clock.now))
            clock.advance(by: .milliseconds(1))
            #expect(house.keys.isDue(at: clock.now))
            try await house.keys.advance()
            let staged = try #require(house.keys.ring.staged).kid
            #expect(!house.keys.isDue(at: clock.now))
            clock.advance(by: .seconds(330))
            try await house.keys.advance()
            #expect(house.keys.ring.active.kid == staged)
            seen.insert(staged)
        }
        #expect(seen.count == 4)
        #expect(try await house.count(of: .userKeyStaged) == 3)
    }

    @Test func `restarts do not put the schedule off, and one that was missed is caught up with once`() async throws {
        for _ in 0..<5 {
            clock.advance(by: .seconds(1_400))
            let house = try await scheduled()
            try await house.keys.advance()
            #expect(house.keys.ring.staged == nil)
        }
        clock.advance(by: .seconds(200 + 10 * 7_200))
        let late = try await scheduled()
        try await late.keys.advance()
        let staged = try #require(late.keys.ring.staged).kid
        try await late.keys.advance()
        #expect(late.keys.ring.staged?.kid == staged)
        #expect(try await late.count(of: .userKeyStaged) == 1)
    }

    @Test func `a key from the future is due: the clock that made it was wrong`() async throws {
        let house = try await scheduled()
        clock.jumpWall(by: .seconds(-5))
        #expect(!house.keys.isDue(at: clock.now))
        clock.jumpWall(by: .seconds(-3_600))
        try await house.keys.advance()
        #expect(house.keys.ring.staged != nil)
        clock.advance(by: .seconds(330))
        try await house.keys.advance()
        #expect(!house.keys.isDue(at: clock.now))
    }

    @Test func `the operator's rotation counts for the schedule`() async throws {
        let house = try await scheduled()
        clock.advance(by: .seconds(7_000))
        try await house.rotateUserKey()
        #expect(!house.keys.isDue(at: clock.now))
        clock.advance(by: .seconds(7_200 - 330))
        #expect(house.keys.isDue(at: clock.now))
    }
}
