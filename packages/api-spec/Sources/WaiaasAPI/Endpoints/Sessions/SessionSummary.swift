public import WaiaasCore

/// Whether a session can be used.
public enum SessionStatusName: String, CaseIterable, TextFieldValue {
    /// It can.
    case active = "ACTIVE"
    /// Its token's time is over.
    case expired = "EXPIRED"
    /// It was revoked.
    case revoked = "REVOKED"
}

/// A session as the API shows it; its token is never shown again.
public struct SessionSummary: Message {
    /// Its id.
    public let id: SessionID
    /// Whose it is.
    public let agentId: AgentID
    /// The name of its agent.
    public let agentName: Agent.Name
    /// Whether it can be used.
    public let status: SessionStatusName
    /// The key that signed its token.
    public let kid: KeyID
    /// When it was made.
    public let createdAt: WallTime
    /// When its token was issued.
    public let issuedAt: WallTime
    /// When its token ends.
    public let expiresAt: WallTime
    /// The end that no renewal moves.
    public let absoluteExpiresAt: WallTime
    /// How many renewals were used.
    public let renewalCount: Int64
    /// How many there are.
    public let maxRenewals: Int64
    /// When it was revoked.
    public let revokedAt: WallTime?
    /// What it may do.
    public let constraints: Constraints?
    /// What it has done.
    public let usageStats: UsageStats

    /// A summary from its parts.
    public init(
        id: SessionID, agentId: AgentID, agentName: Agent.Name, status: SessionStatusName, kid: KeyID, createdAt: WallTime,
        issuedAt: WallTime, expiresAt: WallTime, absoluteExpiresAt: WallTime, renewalCount: Int64, maxRenewals: Int64,
        revokedAt: WallTime?, constraints: Constraints?, usageStats: UsageStats
    ) {
        self.id = id
        self.agentId = agentId
        self.agentName = agentName
        self.status = status
        self.kid = kid
        self.createdAt = createdAt
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        self.absoluteExpiresAt = absoluteExpiresAt
        self.renewalCount = renewalCount
        self.maxRenewals = maxRenewals
        self.revokedAt = revokedAt
        self.constraints = constraints
        self.usageStats = usageStats
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "A session; its token is shown once, when it is issued or renewed.",
        [
            Field("id", \.id, "The session's id."),
            Field("agentId", \.agentId, "Whose it is."),
            Field("agentName", \.agentName, "The agent's name."),
            Field("status", \.status, "Whether it can be used."),
            Field("kid", \.kid, "The key that signed its token."),
            Field("createdAt", \.createdAt, "When it was made."),
            Field("issuedAt", \.issuedAt, "When its present token was issued."),
            Field("expiresAt", \.expiresAt, "When its present token ends."),
            Field("absoluteExpiresAt", \.absoluteExpiresAt, "The end that no renewal moves."),
            Field("renewalCount", \.renewalCount, "How many renewals were used."),
            Field("maxRenewals", \.maxRenewals, "How many renewals there are; 0 forbids them."),
            .optional("revokedAt", \.revokedAt, "When it was revoked."),
            .optional("constraints", \.constraints, "What it may do; absent when nothing is bounded."),
            Field("usageStats", \.usageStats, "What it has done."),
        ])
    /// A revoked session.
    public static let example = SessionSummary(
        id: Sample.sessionID, agentId: Sample.agentID, agentName: Sample.agentName, status: .revoked, kid: Sample.kid,
        createdAt: Sample.time, issuedAt: Sample.time, expiresAt: Sample.tomorrow, absoluteExpiresAt: Sample.nextMonth, renewalCount: 0,
        maxRenewals: 30, revokedAt: Sample.later, constraints: .example, usageStats: .example)

    /// Reads a summary.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        id = try object.required("id")
        agentId = try object.required("agentId")
        agentName = try object.required("agentName")
        status = try object.required("status")
        kid = try object.required("kid")
        createdAt = try object.required("createdAt")
        issuedAt = try object.required("issuedAt")
        expiresAt = try object.required("expiresAt")
        absoluteExpiresAt = try object.required("absoluteExpiresAt")
        renewalCount = try object.required("renewalCount")
        maxRenewals = try object.required("maxRenewals")
        revokedAt = try object.optional("revokedAt")
        constraints = try object.optional("constraints")
        usageStats = try object.required("usageStats")
    }
}
