/// A grant to an agent, as it is stored (design 2.2). "None" is nil, never zero.
public struct Session: Equatable, Sendable {
    /// Its id: `sub` and `sid` of its token.
    public let id: SessionID
    /// Whose it is: `aid` of its token.
    public let agentID: AgentID
    /// The token that stands for it now.
    public var token: IssuedToken
    /// The token before the last renewal, and until when it still works.
    public var tokenBefore: TokenBefore?
    /// How long each token lives; the unit of a renewal.
    public let timeToLive: Duration
    /// What the agent may do with it.
    public let constraints: SessionConstraints
    /// What it has done.
    public var usage: SessionUsage
    /// When it was revoked.
    public var revokedAt: WallTime?
    /// How many renewals were used up.
    public var renewalCount: Int
    /// How many there are; 0 forbids renewal.
    public let maxRenewals: Int
    /// The end that no renewal moves; frozen at creation.
    public let absoluteExpiresAt: WallTime
    /// When it was made.
    public let createdAt: WallTime

    /// A session from all its parts.
    public init(
        id: SessionID, agentID: AgentID, token: IssuedToken, tokenBefore: TokenBefore? = nil, timeToLive: Duration,
        constraints: SessionConstraints, usage: SessionUsage = SessionUsage(), revokedAt: WallTime? = nil, renewalCount: Int = 0,
        maxRenewals: Int, absoluteExpiresAt: WallTime, createdAt: WallTime
    ) {
        self.id = id
        self.agentID = agentID
        self.token = token
        self.tokenBefore = tokenBefore
        self.timeToLive = timeToLive
        self.constraints = constraints
        self.usage = usage
        self.revokedAt = revokedAt
        self.renewalCount = renewalCount
        self.maxRenewals = maxRenewals
        self.absoluteExpiresAt = absoluteExpiresAt
        self.createdAt = createdAt
    }
}

/// The id of a session.
public typealias SessionID = Identifier<Session>
