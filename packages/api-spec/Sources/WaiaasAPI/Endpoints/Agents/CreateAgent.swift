public import WaiaasCore

/// `POST /v1/agents`: adds an agent.
public enum CreateAgent: Operation {
    /// The request.
    public typealias Input = NewAgent
    /// The answer.
    public typealias Output = AgentSummary
    /// The contract.
    public static let endpoint = describe(
        .post, "/v1/agents", area: .agents, authentication: .operator, status: 201, problems: [.agentNameTaken], changes: true,
        summary: "Create an agent", text: "The name is the agent's for good; no two agents share one.")
}

/// The request to add an agent.
public struct NewAgent: Message {
    /// Its unique name.
    public let name: Agent.Name

    /// A request.
    public init(name: Agent.Name) { self.name = name }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "An agent to be made.", [Field("name", \.name, "A name that no other agent has.")])
    /// One agent.
    public static let example = NewAgent(name: Sample.agentName)

    /// Reads a request.
    public init(reading object: ObjectReader) throws(UnreadableField) { name = try object.required("name") }
}
