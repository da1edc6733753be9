/// One refresh token of a family, as the store keeps it: never the token itself (design 2.5).
public struct RefreshToken: Equatable, Sendable {
    /// Its id.
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
    /// When it was exchanged for its successor; nil while it is the newest.
    public var usedAt: WallTime?
    /// The successor, sealed under a key that only the holder of this token can derive; kept while a retry may ask for it.
    public var sealedSuccessor: [UInt8]?

    /// A token as it is stored.
    public init(
        id: Identifier<RefreshToken>, familyID: FamilyID, generation: Int, hash: Digest256, createdAt: WallTime, expiresAt: WallTime,
        usedAt: WallTime? = nil, sealedSuccessor: [UInt8]? = nil
    ) {
        self.id = id
        self.familyID = familyID
        self.generation = generation
        self.hash = hash
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.usedAt = usedAt
        self.sealedSuccessor = sealedSuccessor
    }
}
