import WaiaasCore

/// `GET /v1/agents/{id}`: shows one agent.
public enum GetAgent: Operation {
    /// The path.
    public typealias Parameters = AgentPath
    /// The answer.
    public typealias Output = AgentSummary
    /// The contract.
    public static let endpoint = describe(
        .get, "/v1/agents/{id}", area: .agents, authentication: .operator, problems: [.agentNotFound], summary: "Show an agent",
        text: "To find an agent by its name, list with `name`.")
}
