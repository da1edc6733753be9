public import WaiaasCore

/// `POST /v1/sessions`: issues a session to an agent.
public enum IssueSession: Operation {
    /// The request.
    public typealias Input = NewSession
    /// The answer.
    public typealias Output = IssuedSession
    /// The contract.
    public static let endpoint = describe(
        .post, "/v1/sessions", area: .sessions, authentication: .operator, status: 201,
        problems: [.agentNotFound, .agentSuspended, .sessionLimitExceeded], changes: true, summary: "Issue a session to an agent",
        text: "Name the agent by `agentId` or by `agentName`. The answer holds the token, which is shown this once and is not stored.")
}

/// The request for a session.
public struct NewSession: Message {
    /// To whom, by id.
    public let agentId: AgentID?
    /// To whom, by name.
    public let agentName: Agent.Name?
    /// How long each token lives, in seconds.
    public let expiresIn: Int64?
    /// How many renewals there are.
    public let maxRenewals: Int64?
    /// What it may do.
    public let constraints: Constraints?

    /// A request for an agent known by its id.
    public init(agentId: AgentID, expiresIn: Int64? = nil, maxRenewals: Int64? = nil, constraints: Constraints? = nil) {
        self.agentId = agentId
        agentName = nil
        self.expiresIn = expiresIn
        self.maxRenewals = maxRenewals
        self.constraints = constraints
    }

    /// A request for an agent known by its name.
    public init(agentName: Agent.Name, expiresIn: Int64? = nil, maxRenewals: Int64? = nil, constraints: Constraints? = nil) {
        agentId = nil
        self.agentName = agentName
        self.expiresIn = expiresIn
        self.maxRenewals = maxRenewals
        self.constraints = constraints
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "A session to be issued.", exactlyOneOf: ["agentId", "agentName"],
        [
            .optional("agentId", \.agentId, "The agent by its id; this or `agentName`."),
            .optional("agentName", \.agentName, "The agent by its name; this or `agentId`."),
            .optional(
                "expiresIn", \.expiresIn, "How long a token lives, in seconds; default 86400.",
                schema: .integer(SessionLimits.timeToLiveRange)),
            .optional("maxRenewals", \.maxRenewals, "How many renewals there are; 0 forbids them, default 30.", schema: .integer(0...100)),
            .optional("constraints", \.constraints, "What the session may do."),
        ])
    /// A bounded session for an hour.
    public static let example = NewSession(agentName: Sample.agentName, expiresIn: 3_600, maxRenewals: 10, constraints: .example)

    /// Reads a request.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        agentId = try object.optional("agentId")
        agentName = try object.optional("agentName")
        expiresIn = try object.optional("expiresIn")
        maxRenewals = try object.optional("maxRenewals")
        constraints = try object.optional("constraints")
    }
}

/// A session with its token.
public struct IssuedSession: Message {
    /// Its id.
    public let sessionId: SessionID
    /// Its token.
    public let token: String
    /// Whose it is.
    public let agentId: AgentID
    /// The name of its agent.
    public let agentName: Agent.Name
    /// When it was issued.
    public let issuedAt: WallTime
    /// When the token ends.
    public let expiresAt: WallTime
    /// The end that no renewal moves.
    public let absoluteExpiresAt: WallTime
    /// How many renewals there are.
    public let maxRenewals: Int64
    /// What it may do.
    public let constraints: Constraints?

    /// An answer from its parts.
    public init(
        sessionId: SessionID, token: String, agentId: AgentID, agentName: Agent.Name, issuedAt: WallTime, expiresAt: WallTime,
        absoluteExpiresAt: WallTime, maxRenewals: Int64, constraints: Constraints?
    ) {
        self.sessionId = sessionId
        self.token = token
        self.agentId = agentId
        self.agentName = agentName
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        self.absoluteExpiresAt = absoluteExpiresAt
        self.maxRenewals = maxRenewals
        self.constraints = constraints
    }

    /// A token of a session.
    static let tokenSchema = Schema.string(.text(16...2_048))
    /// Its words and its members.
    public static let shape = Shape<Self>(
        "A session that was issued, with its token.",
        [
            Field("sessionId", \.sessionId, "The session's id."),
            Field("token", \.token, "The token: `wai_sess_` and a JWS. Shown this once.", schema: tokenSchema),
            Field("agentId", \.agentId, "Whose it is."),
            Field("agentName", \.agentName, "The agent's name."),
            Field("issuedAt", \.issuedAt, "When it was issued."),
            Field("expiresAt", \.expiresAt, "When the token ends."),
            Field("absoluteExpiresAt", \.absoluteExpiresAt, "The end that no renewal moves."),
            Field("maxRenewals", \.maxRenewals, "How many renewals there are."),
            .optional("constraints", \.constraints, "What it may do; absent when nothing is bounded."),
        ])
    /// A session for a day.
    public static let example = IssuedSession(
        sessionId: Sample.sessionID, token: Sample.token, agentId: Sample.agentID, agentName: Sample.agentName, issuedAt: Sample.time,
        expiresAt: Sample.tomorrow, absoluteExpiresAt: Sample.nextMonth, maxRenewals: 30, constraints: .example)

    /// Reads an answer.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        sessionId = try object.required("sessionId")
        token = try object.required("token")
        agentId = try object.required("agentId")
        agentName = try object.required("agentName")
        issuedAt = try object.required("issuedAt")
        expiresAt = try object.required("expiresAt")
        absoluteExpiresAt = try object.required("absoluteExpiresAt")
        maxRenewals = try object.required("maxRenewals")
        constraints = try object.optional("constraints")
    }
}
