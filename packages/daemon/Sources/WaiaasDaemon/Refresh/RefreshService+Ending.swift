import WaiaasCore

/// How logins end: by their owner, by the operator, by age.
extension RefreshService {
    /// How long a login that has ended is kept, so that its tokens are still known when they come back.
    private static let kept = Duration.seconds(7 * 86_400)
    /// How many rows one transaction removes: other changes need not wait long behind it.
    private static let batch = 500

    /// Ends the login of a refresh token, or all of its user's. A token that is not known ends nothing and is no fault: whoever signs
    /// out is signed out (RFC 7009 section 2.2).
    ///
    /// A used token that comes back here is reuse as it is at an exchange, and opens no more: it ends its own login and says so in the
    /// log. One that has expired ends its own login at most.
    func signOut(
        _ presented: PresentedRefreshToken, client: OAuthClient.ID?, everywhere: Bool, reason: RevocationReason, for caller: Caller
    ) async throws {
        let hash = presented.hash
        // Texts that nobody was given keep the writer from nothing.
        guard try await store.read({ try $0.refreshToken(hash) }) != nil else { return }
        try await end(reason, caller) { [self] transaction, now in
            guard let (token, family) = try transaction.refreshToken(hash), family.clientID == client else { return nil }
            switch RefreshDecision(presenting: token, of: family, at: now) {
            case .revoked: return nil
            case .reuse:
                try endReused(family, token, caller, at: now, in: transaction)
                return Ended(user: family.userID, families: [family.id: family.accessExpiresAt], isRecorded: true)
            case .rotate, .repeatSuccessor:
                guard everywhere else { break }
                return Ended(
                    user: family.userID,
                    families: try transaction.revokeFamilies(of: .user(family.userID), .init(at: now, reason: reason)))
            case .expired: break
            }
            return try Self.revoke(family, .init(at: now, reason: reason), in: transaction)
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
        guard let (_, family) = try await live(presented), family.clientID == nil else { throw Problem(.invalidRefreshToken) }
        return family
    }

    /// The logins of a user.
    func families(of user: UserID) async throws -> [RefreshFamily] {
        let now = clocks.now.wall
        return try await store.read { try $0.liveFamilies(of: user, at: now) }
    }

    /// What is stored of a refresh token, and its login; nil if it has ended or is not known. Changes nothing.
    func live(_ presented: PresentedRefreshToken) async throws -> (token: RefreshToken, family: RefreshFamily)? {
        let (hash, now) = (presented.hash, clocks.now.wall)
        return try await store.read { store in
            guard let (token, family) = try store.refreshToken(hash), family.revocation == nil, token.id == family.newest,
                now < token.expiresAt, now < family.absoluteExpiresAt
            else { return nil }
            return (token, family)
        }
    }

    /// Forgets sealed successors that nobody may ask for any more. Called once a minute.
    ///
    /// By a clock that does not believe a jump ahead, as sessions do: what is removed does not come back when the clock is set right.
    func cleanUp() async throws {
        let now = tokens.restrictions.cautiousNow()
        tokens.restrictions.sweep()
        let retried = now - RefreshDecision.retryWindow
        while try await store.write({ try $0.forgetSuccessors(usedBefore: retried, limit: Self.batch) }, committed: { _ in }) == Self.batch
        {}
    }

    /// Removes logins that ended long ago, by the same clock, and what is left of their tokens. Called once an hour: it reads all logins,
    /// beside the writer.
    func removeEnded() async throws {
        let old = tokens.restrictions.cautiousNow() - Self.kept
        var last: FamilyID?
        repeat {
            let ended = try await store.read { [last] in try $0.families(endedBefore: old, after: last, limit: Self.batch) }
            if !ended.isEmpty { _ = try await store.write({ try $0.removeFamilies(ended, endedBefore: old) }, committed: { _ in }) }
            last = ended.count == Self.batch ? ended.last : nil
        } while last != nil && !Task.isCancelled
        // Younger ones would have to be looked for among the tokens of those that live.
        let oldest = try await store.read { try $0.oldestFamilyCreation() } ?? old
        let remove: @Sendable (any StoreTransaction) throws -> Int = { try $0.removeRefreshTokens(madeBefore: oldest, limit: Self.batch) }
        while !Task.isCancelled, try await store.write(remove, committed: { _ in }) == Self.batch {}
    }

    /// One end of logins: rows and a record in one transaction, memory after its commit.
    private func end(
        _ reason: RevocationReason, _ caller: Caller,
        _ change: @escaping @Sendable (any StoreTransaction, WallTime) throws -> Ended?
    ) async throws {
        _ = try await store.write { [self] transaction in
            guard let ended = try change(transaction, clocks.now.wall) else { return [FamilyID: WallTime]() }
            for id in ended.isRecorded ? [] : ended.families.keys.sorted() {
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
        /// Whether the log says so already.
        var isRecorded = false
    }
}
