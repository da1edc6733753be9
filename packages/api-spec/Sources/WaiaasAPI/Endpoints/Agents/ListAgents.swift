public import WaiaasCore

/// `GET /v1/agents`: lists agents, page by page.
public enum ListAgents: Operation {
    /// The query.
    public typealias Parameters = AgentQuery
    /// The answer.
    public typealias Output = AgentPage
    /// The contract.
    public static let endpoint = describe(
        .get, "/v1/agents", area: .agents, authentication: .operator, summary: "List agents",
        text: "Newest first unless `order` says otherwise. Pass `nextCursor` as `cursor` to go on.")
}

/// Which agents to list.
public struct AgentQuery: Message {
    /// Only the agent of this name.
    public let name: Agent.Name?
    /// How many at most.
    public let limit: Int64?
    /// Where to go on.
    public let cursor: AgentID?
    /// Which way.
    public let order: PageRequest<Agent>.Order?

    /// A query; nil takes the default.
    public init(name: Agent.Name? = nil, limit: Int64? = nil, cursor: AgentID? = nil, order: PageRequest<Agent>.Order? = nil) {
        self.name = name
        self.limit = limit
        self.cursor = cursor
        self.order = order
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "Which agents to list.",
        [
            .optional("name", \.name, "Only the agent of this name."),
            .optional("limit", \.limit, "How many at most; default 20.", schema: .integer(1...100)),
            .optional("cursor", \.cursor, "The `nextCursor` of the page before."),
            .optional("order", \.order, "By age; default `desc`, newest first."),
        ])
    /// A page of ten.
    public static let example = AgentQuery(name: Sample.agentName, limit: 10, cursor: Sample.agentID, order: .ascending)

    /// Reads a query.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        name = try object.optional("name")
        limit = try object.optional("limit")
        cursor = try object.optional("cursor")
        order = try object.optional("order")
    }
}

/// One page of agents.
public struct AgentPage: Message {
    /// The agents.
    public let agents: [AgentSummary]
    /// Where the next page goes on; nil at the end.
    public let nextCursor: AgentID?

    /// A page.
    public init(agents: [AgentSummary], nextCursor: AgentID?) {
        self.agents = agents
        self.nextCursor = nextCursor
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "One page of agents.",
        [
            Field("agents", \.agents, "The agents.", schema: .array(of: AgentSummary.schema, count: 0...100)),
            .optional("nextCursor", \.nextCursor, "Where the next page goes on; absent at the end."),
        ])
    /// A page of one.
    public static let example = AgentPage(agents: [.example], nextCursor: Sample.agentID)

    /// Reads a page.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        agents = try object.required("agents")
        nextCursor = try object.optional("nextCursor")
    }
}
