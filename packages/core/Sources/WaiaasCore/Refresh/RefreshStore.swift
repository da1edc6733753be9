/// What the refresh room reads from storage.
public protocol RefreshReading {
    /// The token with this hash, and its family; nil also for a token whose family was removed.
    func refreshToken(_ hash: Digest256) throws(StoreError) -> (token: RefreshToken, family: RefreshFamily)?
    /// The family with this id.
    func refreshFamily(_ id: FamilyID) throws(StoreError) -> RefreshFamily?
    /// The families of a user that are neither revoked nor ended by age, oldest first.
    func liveFamilies(of user: UserID, at now: WallTime) throws(StoreError) -> [RefreshFamily]
    /// Families that were revoked while an access token of theirs had not ended yet, with the end of the last: the load at start.
    func revokedFamilies(withAccessAfter now: WallTime) throws(StoreError) -> [FamilyID: WallTime]
    /// Families that were revoked or ended by age before a time, in the order of their ids. Looks through all of them.
    ///
    /// - Parameters:
    ///   - id: where to go on: the last one found before; nil to begin.
    ///   - limit: how many to find at most.
    func families(endedBefore time: WallTime, after id: FamilyID?, limit: Int) throws(StoreError) -> [FamilyID]
    /// When the family was made that is the first by its id; nil if there is none.
    func oldestFamilyCreation() throws(StoreError) -> WallTime?
    /// The latest end of the access tokens that a key signed for families; nil if it signed none. Looks through all families.
    func latestAccessExpiry(signedBy kid: KeyID) throws(StoreError) -> WallTime?
    /// How many families live, and how many are kept though they ended.
    func familyCounts(at now: WallTime) throws(StoreError) -> FamilyCounts
}

/// What the refresh room changes in storage, inside a transaction.
public protocol RefreshStore: RefreshReading {
    /// Adds a family with its first token.
    func insert(_ family: RefreshFamily, first token: RefreshToken) throws(StoreError)
    /// Exchanges the newest token for its successor; whoever comes second finds it used.
    ///
    /// - Parameters:
    ///   - successor: the row of the next token.
    ///   - family: with the new token, its parent, the new generation, the sealed successor, the times and the key of the new access token.
    /// - Returns: false, and changes nothing, if the token before it is used or the family revoked.
    func exchange(for successor: RefreshToken, in family: RefreshFamily) throws(StoreError) -> Bool
    /// Stores which key signed a family's newest access token and when the last of them ends.
    func noteAccess(of family: RefreshFamily) throws(StoreError)
    /// Revokes a family. Returns false if there is none, or it is revoked already.
    func revokeFamily(_ id: FamilyID, _ revocation: RefreshFamily.Revocation) throws(StoreError) -> Bool
    /// Revokes the families of a user, or of a client, that are not revoked yet; returns them with the ends of their access tokens.
    func revokeFamilies(of owner: FamilyOwner, _ revocation: RefreshFamily.Revocation) throws(StoreError) -> [FamilyID: WallTime]
    /// Removes the sealed successors of families that were last used before a time, at most `limit` of them. Returns how many.
    func forgetSuccessors(usedBefore time: WallTime, limit: Int) throws(StoreError) -> Int
    /// Removes those of some families that were revoked or ended by age before a time; their tokens open nothing any more. Returns how many.
    func removeFamilies(_ ids: [FamilyID], endedBefore time: WallTime) throws(StoreError) -> Int
    /// Removes tokens that were made before a time and whose family was removed, at most `limit`. Returns how many.
    func removeRefreshTokens(madeBefore time: WallTime, limit: Int) throws(StoreError) -> Int
}

/// Whose families are meant.
public enum FamilyOwner: Equatable, Sendable {
    /// All of a user's.
    case user(UserID)
    /// All of a user's but the one they act from.
    case userExcept(UserID, FamilyID)
    /// All that were born of a client.
    case client(OAuthClient.ID)
    /// Everybody's.
    case everybody
}

/// How many families there are.
public struct FamilyCounts: Equatable, Sendable {
    /// Families that can be refreshed.
    public let live: Int
    /// Families that ended and are kept so that reuse is still found.
    public let ended: Int

    /// Counts from their parts.
    public init(live: Int, ended: Int) {
        self.live = live
        self.ended = ended
    }
}
