import Testing
import WaiaasCore
import WaiaasCrypto
import WaiaasHTTP
import WaiaasTestSupport

@testable import WaiaasDaemon

/// How logins end: by themselves, by their owner, and out of the store.
@Suite(.inTurns) struct RefreshEndingTests {
    let house: House
    let user: User

    init() async throws {
        house = try await House()
        user = try await house.user()
    }

    private var clock: ManualClock { house.clock }

    private func refusal(_ token: PresentedRefreshToken, in house: House? = nil) async throws -> ProblemCode? {
        try await problem { try await (house ?? self.house).exchange(token) }
    }

    @Test func `REF-05: a token ends unused by its idle life, a login by its absolute one, however often it is used`() async throws {
        let short = try await House(on: house.ground) {
            $0.auth.refreshIdle = .seconds(100)
            $0.auth.refreshAbsolute = .seconds(350)
        }
        var login = try await short.login(of: user)
        let idle = try await short.login(of: user)
        for _ in 0..<3 {
            clock.advance(by: .milliseconds(99_999))
            let grant = try await short.exchange(login.refresh)
            login.refresh = try #require(grant.refresh)
            let end = try await short.family(login.family).absoluteExpiresAt
            #expect(grant.refreshExpiresAt == min(clock.now.wall + .seconds(100), end))
        }
        #expect(try await refusal(idle.refresh, in: short) == .refreshTokenExpired)
        clock.advance(by: .milliseconds(50_002))
        login.refresh = try #require(try await short.exchange(login.refresh).refresh)
        clock.advance(by: .milliseconds(1))
        #expect(try await refusal(login.refresh, in: short) == .refreshTokenExpired)
    }

    @Test func `REF-13: a user's oldest login makes room for one more than they may have`() async throws {
        let few = try await House(on: house.ground) { $0.auth.familiesPerUser = 2 }
        let other = try await few.user("eve")
        let stranger = try await few.login(of: other)
        var logins: [(refresh: PresentedRefreshToken, access: [UInt8], family: FamilyID)] = []
        for _ in 0..<3 {
            logins.append(try await few.login(of: user))
            clock.advance(by: .milliseconds(1))
        }
        #expect(try await few.refresh.families(of: user.id).map(\.id) == logins.suffix(2).map(\.family))
        #expect(try await few.family(logins[0].family).revocation?.reason == .tooMany)
        #expect(try await problem { try few.accept(logins[0].access) } == .invalidToken)
        #expect(try await refusal(logins[0].refresh, in: few) == .invalidRefreshToken)
        for login in [logins[1], logins[2], stranger] { _ = try few.accept(login.access) }
        #expect(try await few.count(of: .userSignedOut) == 1)
    }

    // Who may.

    @Test func `REF-10: signing out ends this login, or all of the user's; each with its record; twice is no fault`() async throws {
        let logins = [try await house.login(of: user), try await house.login(of: user), try await house.login(of: user)]
        let stranger = try await house.login(of: try await house.user("eve"))
        for _ in 0..<2 {
            try await house.refresh.signOut(logins[0].refresh, client: nil, everywhere: false, reason: .logout, for: House.caller)
        }
        #expect(try await problem { try house.accept(logins[0].access) } == .invalidToken)
        _ = try house.accept(logins[1].access)
        #expect(try await house.count(of: .userSignedOut) == 1)
        #expect(String(describing: try #require(try await house.records().last)).contains("ada"))
        try await house.refresh.signOut(logins[1].refresh, client: nil, everywhere: true, reason: .logout, for: House.caller)
        for login in logins { #expect(try await problem { try house.accept(login.access) } == .invalidToken) }
        _ = try house.accept(stranger.access)
        #expect(try await house.count(of: .userSignedOut) == 3)
        try await house.refresh.signOut(
            try PresentedRefreshToken.fresh(), client: nil, everywhere: true, reason: .logout, for: House.caller)
        #expect(try await house.count(of: .userSignedOut) == 3)
        #expect(try await house.refresh.families(of: user.id).isEmpty)
    }

    @Test func `one's own logins can be ended by id, another's cannot be found`() async throws {
        let (mine, others) = (try await house.login(of: user), try await house.login(of: try await house.user("eve")))
        #expect(try await problem { try await house.refresh.end(others.family, of: user.id, for: House.caller) } == .familyNotFound)
        try await house.refresh.end(mine.family, of: user.id, for: House.caller)
        #expect(try await problem { try await house.refresh.end(mine.family, of: user.id, for: House.caller) } == .familyNotFound)
        #expect(try await problem { try house.accept(mine.access) } == .invalidToken)
        _ = try house.accept(others.access)
    }

    @Test func `a clean-up forgets successors after 30 s, and logins a week after their end, living ones never`() async throws {
        let (login, ended) = (try await house.login(of: user), try await house.login(of: user))
        _ = try await house.exchange(login.refresh)
        try await house.refresh.signOut(ended.refresh, client: nil, everywhere: false, reason: .logout, for: House.caller)
        try await house.refresh.cleanUp()
        #expect(try await house.store.read { try $0.refreshFamily(login.family)?.sealedSuccessor } != nil)
        clock.advance(by: .milliseconds(30_001))
        try await house.refresh.cleanUp()
        #expect(try await house.store.read { try $0.refreshFamily(login.family)?.sealedSuccessor } == nil)
        clock.advance(by: .seconds(7 * 86_400 + 900 - 31))
        try await house.refresh.removeEnded()
        #expect(try await house.store.read { try $0.refreshFamily(ended.family) } != nil)
        clock.advance(by: .seconds(2))
        try await house.refresh.removeEnded()
        #expect(try await house.store.read { try $0.refreshFamily(ended.family) } == nil)
        #expect(try await house.store.read { try $0.refreshToken(ended.refresh.hash) == nil })
        #expect(try await house.family(login.family).revocation == nil)
    }

    @Test func `a clean-up of more than one transaction's worth takes all`() async throws {
        let (now, chance, kid) = (clock.now.wall, house.ground.chance.randomness, house.keys.ring.active.kid)
        let end = now + .seconds(60)
        try await house.store.write { transaction in
            for index in 0..<1_201 {
                let family = RefreshFamily(
                    id: FamilyID(at: now, randomness: chance), userID: user.id, clientID: nil, createdAt: now, absoluteExpiresAt: end,
                    newest: Identifier(at: now, randomness: chance), generation: 1, lastUsedAt: now, sealedSuccessor: [1], accessKid: kid,
                    accessExpiresAt: end, revocation: nil)
                let token = RefreshToken(
                    id: family.newest, familyID: family.id, generation: 1, hash: SHA256.digest(Array("\(index)".utf8)), createdAt: now,
                    expiresAt: end)
                try transaction.insert(family, first: token)
            }
        }
        #expect(try await house.store.read { try $0.familyCounts(at: now) } == FamilyCounts(live: 1_201, ended: 0))
        clock.advance(by: .seconds(8 * 86_400))
        try await house.refresh.cleanUp()
        #expect(try await house.store.read { try $0.liveFamilies(of: user.id, at: now) }.allSatisfy { $0.sealedSuccessor == nil })
        try await house.refresh.removeEnded()
        #expect(try await house.store.read { try $0.familyCounts(at: now) } == FamilyCounts(live: 0, ended: 0))
        let later = clock.now.wall
        #expect(try await house.store.write { try $0.removeRefreshTokens(madeBefore: later, limit: 1) } == 0)
    }

    // What a token that opens nothing any more may still do.

    @Test(arguments: [true, false])
    func `REF-03: a used token that signs out is reuse: its login ends for that, no other, and the log says so`(everywhere: Bool)
        async throws
    {
        let (login, other) = (try await house.login(of: user), try await house.login(of: user))
        let next = try await house.exchange(login.refresh)
        clock.advance(by: .seconds(31))
        try await house.refresh.signOut(login.refresh, client: nil, everywhere: everywhere, reason: .logout, for: House.caller)
        #expect(try await house.family(login.family).revocation?.reason == .reuse)
        #expect(try await house.count(of: .refreshReuseDetected) == 1)
        #expect(try await house.count(of: .userSignedOut) == 0)
        #expect(try await house.family(other.family).revocation == nil)
        for token in [login.access, try next.access.signed()] { #expect(try await problem { try house.accept(token) } == .invalidToken) }
        _ = try house.accept(other.access)
    }

    @Test func `a token that is expired ends its own login, and no other`() async throws {
        let old = try await house.login(of: user)
        clock.advance(by: .seconds(1_209_601))
        let other = try await house.login(of: user)
        try await house.refresh.signOut(old.refresh, client: nil, everywhere: true, reason: .logout, for: House.caller)
        #expect(try await house.family(other.family).revocation == nil)
        _ = try house.accept(other.access)
    }

    @Test func `a retry after a lost answer still signs out, everywhere too`() async throws {
        let (login, other) = (try await house.login(of: user), try await house.login(of: user))
        _ = try await house.exchange(login.refresh)
        try await house.refresh.signOut(login.refresh, client: nil, everywhere: true, reason: .logout, for: House.caller)
        for family in [login.family, other.family] { #expect(try await house.family(family).revocation?.reason == .logout) }
    }

    @Test func `texts that nobody was given take no turn of the writer, and an address has so many of them`() async throws {
        let strict = try await House(on: house.ground) { $0.auth.refreshPerAddress = 4 }
        let writes = strict.store.writes
        for index in 0..<6 {
            let text = try PresentedRefreshToken.fresh().text
            let answer =
                index % 2 == 0
                ? await strict.ask("POST", "/api/auth/logout", [("Cookie", "waiaas_refresh=\(text)")])
                : await strict.ask("POST", "/oauth2/revoke", OAuthEndpointTests.form, body: "token=\(text)")
            #expect(answer.status == (index < 4 ? (index % 2 == 0 ? 204 : 200) : 429))
        }
        #expect(strict.store.writes == writes)
    }

    // Clients that are removed meanwhile.

    @Test func `REF-10: a sign-in that was under way when its client was removed gives nothing, also where the name is taken again`()
        async throws
    {
        let id = try #require(OAuthClient.ID("dashboard"))
        let checked = try await house.clients.add(id, for: House.caller).client
        func begin() async throws -> ProblemCode? {
            try await problem { try await house.refresh.begin(for: user, client: checked, life: nil, for: House.caller) }
        }
        #expect(try await begin() == nil)
        clock.advance(by: .milliseconds(1))
        try await house.clients.remove(id, for: House.caller)
        #expect(try await begin() == .invalidClient)
        #expect(try await problem { try await house.refresh.access(for: id) } == .invalidClient)
        _ = try await house.clients.add(id, for: House.caller)
        #expect(try await begin() == .invalidClient)
        #expect(try await house.refresh.families(of: user.id).isEmpty)
    }

    @Test func `a login that a removal did not meet is nothing to who takes the client's name`() async throws {
        let id = try #require(OAuthClient.ID("dashboard"))
        let login = try await house.login(of: user, client: id)
        clock.advance(by: .milliseconds(1))
        _ = try await house.store.write { try $0.removeClient(id) }
        #expect(try await problem { try await house.exchange(login.refresh, client: id) } == .invalidClient)
        house.clients.table.remove(id)
        _ = try await house.clients.add(id, for: House.caller)
        #expect(try await problem { try await house.exchange(login.refresh, client: id) } == .invalidClient)
    }

    // Clocks.

    @Test func `REF-12: a start while the clock is ahead forgets no revocation and no change of a user`() async throws {
        let eve = try await house.users.add(try #require(UserID("eve")), password: try Ground.secret("a password"), for: House.caller)
        let (login, changed) = (try await house.login(of: user), try await house.login(of: eve))
        let loose = try await house.refresh.withoutLogin(for: eve, life: nil, for: House.caller).access.signed()
        clock.advance(by: .milliseconds(1))
        try await house.refresh.signOut(login.refresh, client: nil, everywhere: false, reason: .logout, for: House.caller)
        _ = try await house.users.setPassword(try Ground.secret("another one"), of: eve.id, for: House.caller)
        clock.jumpWall(by: .seconds(3 * 86_400))
        let next = try await House(on: house.ground)
        try await next.refresh.cleanUp()
        clock.advance(by: .seconds(61))
        try await next.refresh.cleanUp()
        clock.jumpWall(by: .seconds(-3 * 86_400))
        for token in [login.access, changed.access, loose] { #expect(try await problem { try next.accept(token) } == .invalidToken) }
    }

    @Test func `a clean-up under a clock that jumped ahead removes no login and no answer to a retry`() async throws {
        let login = try await house.login(of: user)
        let first = try await house.exchange(login.refresh)
        clock.jumpWall(by: .seconds(400 * 86_400))
        try await house.refresh.cleanUp()
        clock.jumpWall(by: .seconds(-400 * 86_400))
        #expect(try await house.exchange(login.refresh).refresh?.text == first.refresh?.text)
    }
}
