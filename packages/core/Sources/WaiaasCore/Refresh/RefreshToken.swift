/// One refresh token of a family, as the store keeps it: never the token itself (design 2.5).
///
/// Its row is written once. That it was used is told by its family, whose newest token is another one.
public struct RefreshToken: Equatable, Sendable {
    /// Its id, which says when it was made: rows are kept in that order.
    public let id: Identifier<RefreshToken>
    /// The family.
    public let familyID: FamilyID
    /// Its place in the family, counted from 1.
    public let generation: Int
    /// SHA-256 of the token.
    public let hash: Digest256
    /// When it was made.
    public let createdAt: WallTime
    /// When it ends if it is not used: the family's idle lifetime.
    public let expiresAt: WallTime

    /// A token as it is stored.
    public init(
        id: Identifier<RefreshToken>, familyID: FamilyID, generation: Int, hash: Digest256, createdAt: WallTime, expiresAt: WallTime
    ) {
        self.id = id
        self.familyID = familyID
        self.generation = generation
        self.hash = hash
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }
}
