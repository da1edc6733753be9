/// The chain of refresh tokens born from one login (design 2.5). Its id is the `sid` of the access tokens it gives.
public struct RefreshFamily: Equatable, Sendable {
    /// Its id.
    public let id: Identifier<RefreshFamily>
    /// Who signed in.
    public let userID: UserID
    /// The client it was born of; only that client may refresh it. Nil if it was born at a login without one.
    public let clientID: OAuthClient.ID?
    /// When the login was.
    public let createdAt: WallTime
    /// When it ends whatever happens; no rotation moves this.
    public let absoluteExpiresAt: WallTime
    /// The newest token: the only one that can be exchanged.
    public var newest: Identifier<RefreshToken>
    /// The token that was exchanged for it; nil for the first.
    public var parent: Identifier<RefreshToken>?
    /// The newest token's generation; the first is 1.
    public var generation: Int
    /// When it was last used: when its newest token was made.
    public var lastUsedAt: WallTime
    /// The newest token, sealed under a key that only the holder of its parent can derive; kept while a retry may ask for it.
    public var sealedSuccessor: [UInt8]?
    /// The key that signed its newest access token.
    public var accessKid: KeyID
    /// The latest end of its access tokens: until then a revocation must be remembered, and their keys must verify.
    public var accessExpiresAt: WallTime
    /// When and why it was revoked; nil while it lives.
    public var revocation: Revocation?

    /// The end of a family.
    public struct Revocation: Equatable, Sendable {
        /// When.
        public let at: WallTime
        /// Why.
        public let reason: RevocationReason

        /// An end from its parts.
        public init(at: WallTime, reason: RevocationReason) {
            self.at = at
            self.reason = reason
        }
    }

    /// A family as it is stored.
    public init(
        id: Identifier<RefreshFamily>, userID: UserID, clientID: OAuthClient.ID?, createdAt: WallTime, absoluteExpiresAt: WallTime,
        newest: Identifier<RefreshToken>, parent: Identifier<RefreshToken>? = nil, generation: Int, lastUsedAt: WallTime,
        sealedSuccessor: [UInt8]? = nil, accessKid: KeyID, accessExpiresAt: WallTime, revocation: Revocation?
    ) {
        self.id = id
        self.userID = userID
        self.clientID = clientID
        self.createdAt = createdAt
        self.absoluteExpiresAt = absoluteExpiresAt
        self.newest = newest
        self.parent = parent
        self.generation = generation
        self.lastUsedAt = lastUsedAt
        self.sealedSuccessor = sealedSuccessor
        self.accessKid = accessKid
        self.accessExpiresAt = accessExpiresAt
        self.revocation = revocation
    }
}

/// The id of a family.
public typealias FamilyID = Identifier<RefreshFamily>

/// Why a family ended before its time.
public enum RevocationReason: String, Sendable, CaseIterable {
    /// A used token came back.
    case reuse = "reuse"
    /// The user signed out.
    case logout = "logout"
    /// The user ended it from another login, or a client did (RFC 7009).
    case revoked = "revoked"
    /// The user's password was changed.
    case passwordChanged = "password_changed"
    /// The user was disabled.
    case userDisabled = "user_disabled"
    /// The client it was born of was removed.
    case clientRemoved = "client_removed"
    /// A younger login took its place.
    case tooMany = "too_many"
    /// It is older than what a restored backup keeps.
    case restored = "restored"
}
