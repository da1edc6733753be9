public import WaiaasCore

/// The parameter of an endpoint about one agent.
public struct AgentPath: Message {
    /// Which agent.
    public let id: AgentID

    /// The path to an agent.
    public init(id: AgentID) { self.id = id }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "Which agent.", [Field("id", \.id, "The agent's id.")])
    /// One agent.
    public static let example = AgentPath(id: Sample.agentID)

    /// Reads the parameter.
    public init(reading object: ObjectReader) throws(UnreadableField) { id = try object.required("id") }
}
