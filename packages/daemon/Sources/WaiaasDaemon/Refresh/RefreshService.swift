import WaiaasCore
import WaiaasHTTP

/// The logins of users, each a family of refresh tokens (design 2.5). The story of an exchange is `RefreshService+Exchanging.swift`.
///
/// A class, so that a change that waits for the writer keeps one reference; it never changes.
final class RefreshService: Sendable {
    let store: any Store
    let tokens: UserTokenService
    let audit: AuditTrail
    let limits: Limits
    let families: RateLimiter<FamilyID>
    let addresses: RateLimiter<String>
    /// Whether the cookie goes over TLS only: false only where the daemon is reached over plain loopback.
    let isCookieSecure: Bool
    let clocks: Clocks
    let randomness: Randomness

    /// What is set about logins.
    struct Limits: Hashable, Sendable {
        /// How long a refresh token may lie unused.
        let idle: Duration
        /// How long a login may last, whatever happens.
        let absolute: Duration
        /// The life of an access token that asks for none.
        let accessLife: Duration
        /// How many logins a user may have; the oldest makes room.
        let familiesPerUser: Int
        /// Exchanges a minute of one family; 0 for any number.
        let perFamily: Int
        /// Requests a minute from one address; 0 for any number.
        let perAddress: Int
    }

    init(
        store: any Store, tokens: UserTokenService, audit: AuditTrail, limits: Limits, isCookieSecure: Bool, clocks: Clocks,
        randomness: Randomness
    ) {
        self.store = store
        self.tokens = tokens
        self.audit = audit
        self.limits = limits
        self.isCookieSecure = isCookieSecure
        self.clocks = clocks
        self.randomness = randomness
        families = RateLimiter(RateLimit(limits.perFamily, per: .seconds(60)), sources: 100_000)
        addresses = RateLimiter(RateLimit(limits.perAddress, per: .seconds(60)), sources: 10_000)
    }

    /// An access token, and the refresh token that goes with it.
    struct Grant: Sendable {
        let access: UserTokenService.Draft
        /// Nil where none was asked for.
        let refresh: PresentedRefreshToken?
        /// When the refresh token ends if it is not used.
        let refreshExpiresAt: WallTime?
    }

    /// Begins a login: a family, its first token and an access token in one transaction. When the user has as many as they may have,
    /// the oldest ends.
    ///
    /// - Parameters:
    ///   - user: as they were when their password was checked.
    ///   - client: as it was when its secret was checked.
    /// - Throws: ``Problem``: `INVALID_CREDENTIALS`, `USER_DISABLED`, `INVALID_CLIENT`.
    func begin(for user: User, client: OAuthClient?, life: Duration?, for caller: Caller) async throws -> Grant {
        let first = try PresentedRefreshToken.fresh()
        let grant = try await store.write { [self] transaction in
            let now = clocks.now.wall
            let current = try Self.check(user, in: transaction)
            if let client { try Self.check(client.id, addedAt: client.createdAt, in: transaction) }
            let id = FamilyID(at: now, randomness: randomness)
            let access = try tokens.draft(
                for: user.id.text, client: client?.id, family: id, life: life ?? limits.accessLife, at: now,
                notBefore: current.tokensNotBefore)
            let row = row(of: first, in: id, generation: 1, at: now)
            let family = RefreshFamily(
                id: id, userID: user.id, clientID: client?.id, createdAt: now, absoluteExpiresAt: now + limits.absolute, newest: row.id,
                generation: 1, lastUsedAt: now, accessKid: access.kid, accessExpiresAt: access.claims.expiresAt, revocation: nil)
            let ended = try makeRoom(for: user.id, at: now, caller, in: transaction)
            try transaction.insert(family, first: row)
            try audit.append(
                AuditEvent(
                    .userSignedIn, by: .user(user.id), requestID: caller.requestID,
                    details: [AuditDetail("family", id.description), AuditDetail("kid", access.kid.text)]), to: transaction)
            return (Grant(access: access, refresh: first, refreshExpiresAt: min(row.expiresAt, family.absoluteExpiresAt)), ended)
        } committed: { [restrictions = tokens.restrictions] grant in
            restrictions.revoke(grant.1)
        }
        return grant.0
    }

    /// An access token for a user without a login: it ends by itself.
    ///
    /// - Parameter user: as they were when their password was checked.
    /// - Throws: ``Problem``: `INVALID_CREDENTIALS`, `USER_DISABLED`.
    func withoutLogin(for user: User, life: Duration?, for caller: Caller) async throws -> Grant {
        let access = try await store.write { [self] transaction in
            let current = try Self.check(user, in: transaction)
            let access = try tokens.draft(
                for: user.id.text, client: nil, family: nil, life: life ?? limits.accessLife, at: clocks.now.wall,
                notBefore: current.tokensNotBefore)
            try audit.append(
                AuditEvent(
                    .userSignedIn, by: .user(user.id), requestID: caller.requestID, details: [AuditDetail("kid", access.kid.text)]),
                to: transaction)
            return access
        } committed: { _ in
        }
        return Grant(access: access, refresh: nil, refreshExpiresAt: nil)
    }

    /// An access token for a client in its own name (RFC 6749 section 4.4).
    ///
    /// It is decided in the writer's turn, though it stores nothing: a promotion, which works out there how long the key before must
    /// verify, comes wholly before it or wholly after it.
    func access(for client: OAuthClient.ID) async throws -> UserTokenService.Draft {
        try await store.write { [self] transaction in
            guard try transaction.oauthClient(client) != nil else { throw Problem(.invalidClient) }
            return try tokens.draft(for: client.text, client: client, family: nil, life: limits.accessLife, at: clocks.now.wall)
        } committed: { _ in
        }
    }

    /// That a user is still who they were when their password was checked, as the writer sees them: a password that was changed while
    /// an old one waited for its turn opens nothing any more.
    ///
    /// - Returns: the user as they are now.
    private static func check(_ user: User, in transaction: any StoreTransaction) throws -> User {
        guard let now = try transaction.user(user.id), now.passwordHash == user.passwordHash else { throw Problem(.invalidCredentials) }
        guard !now.status.isDisabled else { throw Problem(.userDisabled) }
        return now
    }

    /// That a client is still the one whose secret was checked: one that was removed since must not be given what its removal would
    /// have ended.
    static func check(_ id: OAuthClient.ID, addedAt time: WallTime, in transaction: any StoreTransaction) throws {
        guard try transaction.oauthClient(id)?.createdAt == time else { throw Problem(.invalidClient) }
    }

    /// Counts a request of an address.
    ///
    /// - Throws: ``Problem``: `REFRESH_TOO_OFTEN`.
    func countRequest(from address: String) throws(Problem) {
        guard let wait = addresses.take(NetworkSource.text(of: address), at: clocks.now.continuous) else { return }
        throw Problem(.refreshTooOften, retryAfterSeconds: wait.secondsRoundedUp)
    }

    /// The cookie of a grant.
    func cookie(of grant: Grant) -> HTTPResponse.Field? {
        guard let token = grant.refresh, let end = grant.refreshExpiresAt else { return nil }
        return RefreshCookie.setting(token, life: end - clocks.now.wall, isSecure: isCookieSecure)
    }

    /// What takes the cookie away.
    var clearedCookie: HTTPResponse.Field { RefreshCookie.clearing(isSecure: isCookieSecure) }

    private func makeRoom(
        for user: UserID, at now: WallTime, _ caller: Caller, in transaction: any StoreTransaction
    ) throws -> [FamilyID: WallTime] {
        let live = try transaction.liveFamilies(of: user, at: now)
        guard live.count >= limits.familiesPerUser else { return [:] }
        var ended: [FamilyID: WallTime] = [:]
        for family in live.prefix(live.count - limits.familiesPerUser + 1) {
            _ = try transaction.revokeFamily(family.id, .init(at: now, reason: .tooMany))
            try record(.userSignedOut, family.id, of: user, reason: .tooMany, caller, in: transaction)
            ended[family.id] = family.accessExpiresAt
        }
        return ended
    }

    func row(of token: PresentedRefreshToken, in family: FamilyID, generation: Int, at now: WallTime) -> RefreshToken {
        RefreshToken(
            id: Identifier(at: now, randomness: randomness), familyID: family, generation: generation, hash: token.hash, createdAt: now,
            expiresAt: now + limits.idle)
    }

    func record(
        _ event: AuditEventName, _ family: FamilyID, of user: UserID, reason: RevocationReason, _ caller: Caller,
        in transaction: any StoreTransaction
    ) throws {
        try audit.append(
            AuditEvent(
                event, by: caller.actor, requestID: caller.requestID,
                details: [
                    AuditDetail("family", family.description), AuditDetail("user", user.text), AuditDetail("reason", reason.rawValue),
                ]), to: transaction)
    }
}
