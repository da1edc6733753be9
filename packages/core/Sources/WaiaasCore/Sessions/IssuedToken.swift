/// What is kept of a token that was given out: enough to recognise it, and to make it again, but not the token.
public struct IssuedToken: Equatable, Sendable {
    /// SHA-256 of the whole string, prefix included.
    public let hash: Digest256
    /// The key that signed it.
    public let kid: KeyID
    /// Its `jti`.
    public let jti: TokenID
    /// Its `iat`, a whole second.
    public let issuedAt: WallTime
    /// Its `exp`, a whole second.
    public let expiresAt: WallTime

    /// A token's traces.
    public init(hash: Digest256, kid: KeyID, jti: TokenID, issuedAt: WallTime, expiresAt: WallTime) {
        self.hash = hash
        self.kid = kid
        self.jti = jti
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
    }
}

/// The token before the last renewal, which goes on working for a while: its owner may not have the new one yet.
public struct TokenBefore: Equatable, Sendable {
    /// How long it works after the renewal, unless it ends sooner by itself.
    public static let grace = Duration.seconds(60)

    /// SHA-256 of the whole string.
    public let hash: Digest256
    /// Until when it works.
    public let worksUntil: WallTime

    /// The token before, as it is stored.
    public init(hash: Digest256, worksUntil: WallTime) {
        self.hash = hash
        self.worksUntil = worksUntil
    }

    /// What a token becomes when it is renewed: it works for ``grace``, or to its own end if that comes sooner.
    public init(of token: IssuedToken, renewedAt now: WallTime) {
        self.init(hash: token.hash, worksUntil: min(now + Self.grace, token.expiresAt))
    }
}
