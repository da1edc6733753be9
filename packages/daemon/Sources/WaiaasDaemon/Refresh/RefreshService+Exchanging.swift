import Synchronization
import WaiaasCore
import WaiaasCrypto

/// The story of a refresh: one transaction, one winner, the same successor for whoever asks twice (design 2.5).
extension RefreshService {
    /// What an exchange came to inside the transaction; what must be told to memory and to the caller after its commit.
    private enum Outcome: Sendable {
        case granted(Grant)
        /// The family was revoked just now; the transaction is kept, the caller is refused.
        case reuse(FamilyID, accessUntil: WallTime)
    }

    /// Exchanges a refresh token for its successor and a new access token.
    ///
    /// - Parameters:
    ///   - presented: the token, as it was sent.
    ///   - client: the client that sends it; a family that was born of one takes it from that one only.
    ///   - address: where it came from.
    /// - Throws: ``Problem``: `REFRESH_TOO_OFTEN`, `INVALID_REFRESH_TOKEN`, `REFRESH_TOKEN_EXPIRED`, `REFRESH_REUSE_DETECTED`.
    func exchange(
        _ presented: PresentedRefreshToken, client: OAuthClient.ID?, life: Duration?, from address: String, for caller: Caller
    ) async throws -> Grant {
        try countRequest(from: address)
        let hash = presented.hash
        // Drawn and sealed before the writer's turn, which everybody shares; most exchanges need it.
        let next = try Successor(of: presented)
        let turn = Turn()
        let outcome = try await store.write { [self] transaction -> Outcome in
            guard let (token, family) = try transaction.refreshToken(hash), family.clientID == client else {
                throw Problem(.invalidRefreshToken)
            }
            let now = clocks.now.wall
            // Its logins end with a client; one that took its name since has none of them.
            if let client, try transaction.oauthClient(client).map({ $0.createdAt <= family.createdAt }) != true {
                throw Problem(family.revocation == nil ? .invalidClient : .invalidRefreshToken)
            }
            switch RefreshDecision(presenting: token, of: family, at: now) {
            case .revoked: throw Problem(.invalidRefreshToken)
            case .expired: throw Problem(.refreshTokenExpired)
            case .reuse:
                try endReused(family, token, caller, at: now, in: transaction)
                return .reuse(family.id, accessUntil: family.accessExpiresAt)
            case .repeatSuccessor(let sealed):
                return .granted(try repeated(try presented.open(sealed), in: family, life: life, at: now, in: transaction))
            case .rotate:
                if let wait = turn.wait({ families.take(family.id, at: clocks.now.continuous) }) {
                    throw Problem(.refreshTooOften, retryAfterSeconds: wait.secondsRoundedUp)
                }
                return .granted(try rotated(to: next, in: family, life: life, at: now, in: transaction))
            }
        } committed: { [restrictions = tokens.restrictions] outcome in
            if case .reuse(let family, let end) = outcome { restrictions.revoke([family: end]) }
        }
        switch outcome {
        case .granted(let grant): return grant
        case .reuse: throw Problem(.refreshReuseDetected)
        }
    }

    /// One exchange counts once against its family's limit, however often the store runs it.
    private final class Turn: Sendable {
        private let outcome = Mutex<Duration??>(nil)

        func wait(_ take: () -> Duration?) -> Duration? {
            outcome.withLock { outcome in
                if let outcome { return outcome }
                let wait = take()
                outcome = .some(wait)
                return wait
            }
        }
    }

    /// A fresh token, and itself as only the holder of the one before can read it.
    private struct Successor: Sendable {
        let token: PresentedRefreshToken
        let sealed: [UInt8]

        init(of presented: PresentedRefreshToken) throws(CryptoError) {
            token = try PresentedRefreshToken.fresh()
            sealed = try presented.seal(token)
        }
    }

    private func rotated(
        to successor: Successor, in family: RefreshFamily, life: Duration?, at now: WallTime, in transaction: any StoreTransaction
    ) throws -> Grant {
        let user = try activeUser(family.userID, in: transaction)
        var next = family
        next.generation += 1
        next.lastUsedAt = now
        next.sealedSuccessor = successor.sealed
        let access = try draft(for: user, in: &next, life: life, at: now)
        let row = row(of: successor.token, in: next.id, generation: next.generation, at: now)
        (next.newest, next.parent) = (row.id, family.newest)
        guard try transaction.exchange(for: row, in: next) else { throw StoreError.ruleBroken("exchange a refresh token: twice") }
        return Grant(access: access, refresh: successor.token, refreshExpiresAt: min(row.expiresAt, family.absoluteExpiresAt))
    }

    /// The same successor with a new access token: the answer before may never have arrived.
    private func repeated(
        _ successor: PresentedRefreshToken, in family: RefreshFamily, life: Duration?, at now: WallTime,
        in transaction: any StoreTransaction
    ) throws -> Grant {
        let user = try activeUser(family.userID, in: transaction)
        var next = family
        let access = try draft(for: user, in: &next, life: life, at: now)
        try transaction.noteAccess(of: next)
        let end = try transaction.refreshToken(successor.hash)?.token.expiresAt
        return Grant(access: access, refresh: successor, refreshExpiresAt: end.map { min($0, family.absoluteExpiresAt) })
    }

    /// An access token of a family, whose end the family remembers.
    private func draft(
        for user: User, in family: inout RefreshFamily, life: Duration?, at now: WallTime
    ) throws -> UserTokenService.Draft {
        let access = try tokens.draft(
            for: user.id.text, client: family.clientID, family: family.id, life: life ?? limits.accessLife, at: now,
            notBefore: user.tokensNotBefore)
        family.accessKid = access.kid
        family.accessExpiresAt = max(family.accessExpiresAt, access.claims.expiresAt)
        return access
    }

    private func activeUser(_ id: UserID, in transaction: any StoreTransaction) throws -> User {
        guard let user = try transaction.user(id), !user.status.isDisabled else { throw Problem(.invalidRefreshToken) }
        return user
    }

    /// A used token came back: nobody can say who of the two is the owner, so the login ends for both.
    func endReused(
        _ family: RefreshFamily, _ token: RefreshToken, _ caller: Caller, at now: WallTime, in transaction: any StoreTransaction
    ) throws {
        _ = try transaction.revokeFamily(family.id, .init(at: now, reason: .reuse))
        try audit.append(
            AuditEvent(
                .refreshReuseDetected, by: caller.actor, requestID: caller.requestID,
                details: [
                    AuditDetail("family", family.id.description), AuditDetail("user", family.userID.text),
                    AuditDetail("generation", Int64(token.generation)), AuditDetail("newest", Int64(family.generation)),
                    AuditDetail("createdAt", token.createdAt.iso8601), AuditDetail("lastUsedAt", family.lastUsedAt.iso8601),
                ]), to: transaction)
    }
}
