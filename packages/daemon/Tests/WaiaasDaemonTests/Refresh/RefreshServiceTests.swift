import Testing
import WaiaasCore
import WaiaasCrypto
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite(.inTurns) struct RefreshServiceTests {
    let house: House
    let user: User

    init() async throws {
        house = try await House()
        user = try await house.user()
    }

    private var clock: ManualClock { house.clock }

    private func refusal(_ token: PresentedRefreshToken, client: OAuthClient.ID? = nil, in house: House? = nil) async throws -> ProblemCode?
    {
        try await problem { try await (house ?? self.house).exchange(token, client: client) }
    }

    @Test func `an exchange gives a successor and an access token of the same login`() async throws {
        let login = try await house.login(of: user)
        clock.advance(by: .seconds(60))
        let grant = try await house.exchange(login.refresh)
        #expect(try #require(grant.refresh).text != login.refresh.text)
        let token = try house.accept(try grant.access.signed())
        #expect(token.family == login.family)
        #expect(token.subject == "ada")
        #expect(token.expiresAt == clock.now.wall.wholeSecond + .seconds(900))
        let family = try await house.family(login.family)
        #expect(family.generation == 2)
        #expect(family.lastUsedAt == clock.now.wall)
        #expect(family.accessExpiresAt == token.expiresAt)
        _ = try house.accept(login.access)
    }

    @Test func `REF-04: who asks twice gets the same successor, after a restart too, until it is used`() async throws {
        let login = try await house.login(of: user)
        let first = try await house.exchange(login.refresh)
        clock.advance(by: .seconds(10))
        let again = try await house.exchange(login.refresh)
        clock.advance(by: .seconds(20))
        let next = try await House(on: house.ground)
        let last = try await next.exchange(login.refresh)
        #expect(Set([first, again, last].compactMap(\.refresh?.text)).count == 1)
        #expect(first.refreshExpiresAt == last.refreshExpiresAt)
        #expect(Set([first, again, last].map(\.access.claims.id)).count == 3)
        #expect(try await house.family(login.family).accessExpiresAt == last.access.claims.expiresAt)
        _ = try await house.exchange(try #require(first.refresh))
        #expect(try await refusal(login.refresh) == .refreshReuseDetected)
    }

    @Test(arguments: [(30_000, true), (30_001, false), (-5_000, true), (-5_001, false)])
    func `REF-03: a parent that comes back after 30 s is reuse`(milliseconds: Int, repeats: Bool) async throws {
        let login = try await house.login(of: user)
        _ = try await house.exchange(login.refresh)
        clock.jumpWall(by: .milliseconds(milliseconds))
        #expect(try await refusal(login.refresh) == (repeats ? nil : .refreshReuseDetected))
    }

    @Test func `REF-03, REF-09: a grandparent ends the login, its access tokens at once, with one record, here and after a restart`()
        async throws
    {
        let login = try await house.login(of: user)
        let second = try await house.exchange(login.refresh)
        let third = try await house.exchange(try #require(second.refresh))
        let accesses = [login.access, try second.access.signed(), try third.access.signed()]
        for access in accesses { _ = try house.accept(access) }
        let stranger = try await house.login(of: user)
        #expect(try await refusal(login.refresh) == .refreshReuseDetected)
        for access in accesses { #expect(try await problem { try house.accept(access) } == .invalidToken) }
        _ = try house.accept(stranger.access)
        for token in [login.refresh, try #require(second.refresh), try #require(third.refresh)] {
            #expect(try await refusal(token) == .invalidRefreshToken)
        }
        #expect(try await house.count(of: .refreshReuseDetected) == 1)
        let record = try #require(try await house.records().last)
        for detail in [login.family.description, "ada"] { #expect(String(describing: record).contains(detail)) }
        #expect(!String(describing: record).contains(PresentedRefreshToken.prefix))
        let next = try await House(on: house.ground)
        for access in accesses { #expect(try await problem { try next.accept(access) } == .invalidToken) }
        #expect(try await house.family(login.family).revocation?.reason == .reuse)
    }

    @Test func `reuse of a token that is expired as well is still reuse`() async throws {
        let login = try await house.login(of: user)
        let second = try await house.exchange(login.refresh)
        clock.advance(by: .seconds(1_209_601))
        #expect(try await refusal(try #require(second.refresh)) == .refreshTokenExpired)
        #expect(try await refusal(login.refresh) == .refreshReuseDetected)
        #expect(try await house.count(of: .refreshReuseDetected) == 1)
    }

    @Test func `REF-02: of 64 at once all get one successor, and one is minted`() async throws {
        let open = try await House(on: house.ground) {
            $0.auth.refreshPerFamily = 0
            $0.auth.refreshPerAddress = 0
        }
        let login = try await open.login(of: user)
        let texts = try await withThrowingTaskGroup(of: String?.self) { group in
            for _ in 0..<64 { group.addTask { try await open.exchange(login.refresh).refresh?.text } }
            return try await group.reduce(into: [String?]()) { $0.append($1) }
        }
        #expect(texts.count == 64)
        #expect(Set(texts).count == 1)
        #expect(try await open.family(login.family).generation == 2)
        #expect(try await open.count(of: .refreshReuseDetected) == 0)
    }

    @Test func `of an exchange and an end that meet the end wins, however they are ordered`() async throws {
        for _ in 0..<8 {
            let login = try await house.login(of: user)
            let grant: RefreshService.Grant? = try await withThrowingTaskGroup(of: RefreshService.Grant?.self) { group in
                group.addTask { try? await house.exchange(login.refresh) }
                group.addTask {
                    try await house.refresh.signOut(login.refresh, client: nil, everywhere: false, reason: .logout, for: House.caller)
                    return nil
                }
                var granted: RefreshService.Grant?
                for try await grant in group { granted = granted ?? grant }
                return granted
            }
            #expect(try await house.family(login.family).revocation?.reason == .logout)
            if let grant {
                let access = try grant.access.signed()
                #expect(try await problem { try house.accept(access) } == .invalidToken)
                #expect(try await refusal(try #require(grant.refresh)) == .invalidRefreshToken)
            }
        }
    }

    @Test func `the database alone does not give a token, not even while a retry may ask for it`() async throws {
        let login = try await house.login(of: user)
        let next = try #require(try await house.exchange(login.refresh).refresh)
        let row = try #require(try await house.store.read { try $0.refreshToken(login.refresh.hash) }?.token)
        let sealed = try #require(try await house.family(login.family).sealedSuccessor)
        for token in [login.refresh, next] {
            let secret = try #require(Base64URL.decode(String(token.text.dropFirst(7))))
            #expect(!sealed.contains(secret))
            #expect(row.hash.description != Hexadecimal.encode(secret))
        }
        #expect(throws: CryptoError.self) { _ = try next.open(sealed) }
    }

    // Limits.

    @Test func `NET-05: the eleventh rotation of a login within a minute waits; repeats and other logins do not count`() async throws {
        var login = try await house.login(of: user)
        let other = try await house.login(of: user)
        for _ in 0..<10 {
            let before = login.refresh
            login.refresh = try #require(try await house.exchange(before).refresh)
            for _ in 0..<3 { #expect(try await house.exchange(before).refresh?.text == login.refresh.text) }
        }
        #expect(try await refusal(login.refresh) == .refreshTooOften)
        #expect(try await refusal(login.refresh) == .refreshTooOften)
        _ = try await house.exchange(other.refresh)
        clock.advance(by: .milliseconds(5_999))
        #expect(try await refusal(login.refresh) == .refreshTooOften)
        clock.advance(by: .milliseconds(1))
        _ = try await house.exchange(login.refresh)
    }

    @Test func `the limit of an address counts every request, and no other address's`() async throws {
        let strict = try await House(on: house.ground) { $0.auth.refreshPerAddress = 3 }
        let login = try await strict.login(of: user)
        let unknown = try PresentedRefreshToken.fresh()
        for _ in 0..<3 { #expect(try await refusal(unknown, in: strict) == .invalidRefreshToken) }
        #expect(try await refusal(login.refresh, in: strict) == .refreshTooOften)
        _ = try await strict.exchange(login.refresh, from: "192.0.2.8")
        clock.advance(by: .seconds(20))
        _ = try await strict.exchange(login.refresh)
    }

    @Test func `limits of zero limit nothing`() async throws {
        let open = try await House(on: house.ground) {
            $0.auth.refreshPerFamily = 0
            $0.auth.refreshPerAddress = 0
        }
        var token = try await open.login(of: user).refresh
        for _ in 0..<50 { token = try #require(try await open.exchange(token).refresh) }
    }

    @Test func `REF-06: a login that was born of a client is that client's alone, and one born of none is nobody's else`() async throws {
        let (mine, other) = (try #require(OAuthClient.ID("mine")), try #require(OAuthClient.ID("other")))
        let (born, free) = (try await house.login(of: user, client: mine), try await house.login(of: user))
        for client in [nil, other] { #expect(try await refusal(born.refresh, client: client) == .invalidRefreshToken) }
        for client in [mine, other] { #expect(try await refusal(free.refresh, client: client) == .invalidRefreshToken) }
        for client in [nil, other] {
            try await house.refresh.signOut(born.refresh, client: client, everywhere: true, reason: .logout, for: House.caller)
            try await house.refresh.end(born.family, bornOf: client, for: House.caller)
        }
        #expect(try await problem { try await house.refresh.login(of: born.refresh) } == .invalidRefreshToken)
        _ = try house.accept(born.access)
        let next = try await house.exchange(born.refresh, client: mine)
        #expect(next.access.claims.client == mine)
        _ = try await house.exchange(free.refresh)
        try await house.refresh.end(born.family, bornOf: mine, for: House.caller)
        #expect(try await problem { try house.accept(born.access) } == .invalidToken)
    }

    @Test func `REF-12: a user who is disabled refreshes nothing, not even by a row that was left alive`() async throws {
        let login = try await house.login(of: user)
        var changed = user
        changed.status = .disabled(since: clock.now.wall)
        let disabled = changed
        // Somebody wrote into the database past the service.
        try await house.store.write { try $0.update(disabled) }
        #expect(try await refusal(login.refresh) == .invalidRefreshToken)
        #expect(try await problem { try await house.login(of: user) } == .userDisabled)
    }

    @Test func `a token that nobody issued is invalid, and tells nothing more`() async throws {
        #expect(try await refusal(try PresentedRefreshToken.fresh()) == .invalidRefreshToken)
        #expect(try await house.count(of: .refreshReuseDetected) == 0)
    }

    // Ends.

    @Test func `an exchange that cannot be stored gives nothing and uses nothing up`() async throws {
        let login = try await house.login(of: user)
        house.store.fail(with: .diskFull)
        await #expect(throws: StoreError.diskFull) { try await house.exchange(login.refresh) }
        house.store.fail(with: nil)
        let first = try await house.exchange(login.refresh)
        let second = try await house.exchange(try #require(first.refresh))
        house.store.fail(with: .diskFull)
        await #expect(throws: StoreError.diskFull) { try await house.exchange(login.refresh) }
        house.store.fail(with: nil)
        // The reuse was not recorded, so nothing has ended; the next presentation finds it again.
        _ = try house.accept(try second.access.signed())
        #expect(try await refusal(login.refresh) == .refreshReuseDetected)
    }
}
