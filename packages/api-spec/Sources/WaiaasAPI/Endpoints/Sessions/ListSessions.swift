public import WaiaasCore

/// `GET /v1/sessions`: lists sessions, page by page.
public enum ListSessions: Operation {
    /// The query.
    public typealias Parameters = SessionQuery
    /// The answer.
    public typealias Output = SessionPage
    /// The contract.
    public static let endpoint = describe(
        .get, "/v1/sessions", area: .sessions, authentication: .operator, summary: "List sessions",
        text: "Sessions that can be used, unless `status` is `all`. Newest first. Pass `nextCursor` as `cursor` to go on.")
}

/// Which sessions to list, by their status.
public enum SessionFilter: String, CaseIterable, TextFieldValue {
    /// Those that can be used.
    case active
    /// Expired and revoked ones too.
    case all
}

/// Which sessions to list.
public struct SessionQuery: Message {
    /// Only those of this agent.
    public let agentId: AgentID?
    /// Only those of this status.
    public let status: SessionFilter?
    /// How many at most.
    public let limit: Int64?
    /// Where to go on.
    public let cursor: SessionID?
    /// Which way.
    public let order: PageRequest<Session>.Order?

    /// A query; nil takes the default.
    public init(
        agentId: AgentID? = nil, status: SessionFilter? = nil, limit: Int64? = nil, cursor: SessionID? = nil,
        order: PageRequest<Session>.Order? = nil
    ) {
        self.agentId = agentId
        self.status = status
        self.limit = limit
        self.cursor = cursor
        self.order = order
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "Which sessions to list.",
        [
            .optional("agentId", \.agentId, "Only the sessions of this agent."),
            .optional("status", \.status, "`active` (default), or `all`: expired and revoked ones too."),
            .optional("limit", \.limit, "How many at most; default 20.", schema: .integer(1...100)),
            .optional("cursor", \.cursor, "The `nextCursor` of the page before."),
            .optional("order", \.order, "By age; default `desc`, newest first."),
        ])
    /// All sessions of an agent.
    public static let example = SessionQuery(
        agentId: Sample.agentID, status: .all, limit: 10, cursor: Sample.sessionID, order: .ascending)

    /// Reads a query.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        agentId = try object.optional("agentId")
        status = try object.optional("status")
        limit = try object.optional("limit")
        cursor = try object.optional("cursor")
        order = try object.optional("order")
    }
}

/// One page of sessions.
public struct SessionPage: Message {
    /// The sessions.
    public let sessions: [SessionSummary]
    /// Where the next page goes on; nil at the end.
    public let nextCursor: SessionID?

    /// A page.
    public init(sessions: [SessionSummary], nextCursor: SessionID?) {
        self.sessions = sessions
        self.nextCursor = nextCursor
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "One page of sessions.",
        [
            Field("sessions", \.sessions, "The sessions.", schema: .array(of: SessionSummary.schema, count: 0...100)),
            .optional("nextCursor", \.nextCursor, "Where the next page goes on; absent at the end."),
        ])
    /// A page of one.
    public static let example = SessionPage(sessions: [.example], nextCursor: Sample.sessionID)

    /// Reads a page.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        sessions = try object.required("sessions")
        nextCursor = try object.optional("nextCursor")
    }
}
