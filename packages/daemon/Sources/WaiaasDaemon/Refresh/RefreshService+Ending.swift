import WaiaasCore

/// How logins end: by their owner, by the operator, by age.
extension RefreshService {
    /// How long a login that has ended is kept, so that its tokens are still known when they come back.
    private static let kept = Duration.seconds(7 * 86_400)
    /// How many rows one transaction removes: other changes need not wait long behind it.
    private static let batch = 500

    /// Ends the login of a refresh token, or all of its user's. A token that is not known ends nothing and is no fault: whoever signs
    /// out is signed out (RFC 7009 section 2.2).
    func signOut(
        _ presented: PresentedRefreshToken, client: OAuthClient.ID?, everywhere: Bool, reason: RevocationReason, for caller: Caller
    ) async throws {
        let hash = presented.hash
        try await end(reason, caller) { transaction, now in
            guard let (_, family) = try transaction.refreshToken(hash), family.clientID == client, family.revocation == nil else {
                return nil
            }
            guard everywhere else { return try Self.revoke(family, .init(at: now, reason: reason), in: transaction) }
            return Ended(
                user: family.userID,
                families: try transaction.revokeFamilies(of: .user(family.userID), .init(at: now, reason: reason)))
        }
    }

    /// Ends one login of a user.
    ///
    /// - Throws: ``Problem``: `FAMILY_NOT_FOUND`.
    func end(_ id: FamilyID, of user: UserID, for caller: Caller) async throws {
        try await end(.revoked, caller) { transaction, now in
            guard let family = try transaction.refreshFamily(id), family.userID == user,
                let ended = try Self.revoke(family, .init(at: now, reason: .revoked), in: transaction)
            else { throw Problem(.familyNotFound) }
            return ended
        }
    }

    /// Ends the login that an access token belongs to, if it was born of this client.
    func end(_ id: FamilyID, bornOf client: OAuthClient.ID?, for caller: Caller) async throws {
        try await end(.revoked, caller) { transaction, now in
            guard let family = try transaction.refreshFamily(id), family.clientID == client else { return nil }
            return try Self.revoke(family, .init(at: now, reason: .revoked), in: transaction)
        }
    }

    /// The login of a refresh token that could be exchanged now.
    ///
    /// - Throws: ``Problem``: `INVALID_REFRESH_TOKEN`.
    func login(of presented: PresentedRefreshToken) async throws -> RefreshFamily {
        guard let family = try await family(of: presented), family.clientID == nil else { throw Problem(.invalidRefreshToken) }
        return family
    }

    /// The logins of a user.
    func families(of user: UserID) async throws -> [RefreshFamily] {
        let now = clocks.now.wall
        return try await store.read { try $0.liveFamilies(of: user, at: now) }
    }

    /// The login that a refresh token belongs to; nil if it has ended or is not known. Changes nothing.
    func family(of presented: PresentedRefreshToken) async throws -> RefreshFamily? {
        let (hash, now) = (presented.hash, clocks.now.wall)
        return try await store.read { store in
            guard let (token, family) = try store.refreshToken(hash), family.revocation == nil, token.usedAt == nil,
                now < token.expiresAt, now < family.absoluteExpiresAt
            else { return nil }
            return family
        }
    }

    /// Forgets sealed successors that nobody may ask for any more, and removes logins that ended long ago. Called once a minute.
    func cleanUp() async throws {
        let now = clocks.now.wall
        tokens.restrictions.sweep()
        let retried = now - RefreshDecision.retryWindow
        while try await store.write({ try $0.forgetSuccessors(usedBefore: retried, limit: Self.batch) }, committed: { _ in }) == Self.batch
        {}
        let old = now - Self.kept
        while try await store.write({ try $0.removeFamilies(endedBefore: old, limit: Self.batch) }, committed: { _ in }) == Self.batch {}
    }

    /// One end of logins: rows and a record in one transaction, memory after its commit.
    private func end(
        _ reason: RevocationReason, _ caller: Caller,
        _ change: @escaping @Sendable (any StoreTransaction, WallTime) throws -> Ended?
    ) async throws {
        _ = try await store.write { [self] transaction in
            guard let ended = try change(transaction, clocks.now.wall) else { return [FamilyID: WallTime]() }
            for id in ended.families.keys.sorted() {
                try record(.userSignedOut, id, of: ended.user, reason: reason, caller, in: transaction)
            }
            return ended.families
        } committed: { [restrictions = tokens.restrictions] families in
            restrictions.revoke(families)
        }
    }

    private static func revoke(
        _ family: RefreshFamily, _ revocation: RefreshFamily.Revocation, in transaction: any StoreTransaction
    ) throws -> Ended? {
        guard try transaction.revokeFamily(family.id, revocation) else { return nil }
        return Ended(user: family.userID, families: [family.id: family.accessExpiresAt])
    }

    /// Logins that ended just now, and the ends of their access tokens.
    private struct Ended {
        let user: UserID
        let families: [FamilyID: WallTime]
    }
}
