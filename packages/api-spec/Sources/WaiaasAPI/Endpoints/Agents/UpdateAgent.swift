import WaiaasCore

/// `PATCH /v1/agents/{id}`: suspends or resumes an agent.
public enum UpdateAgent: Operation {
    /// The path.
    public typealias Parameters = AgentPath
    /// The request.
    public typealias Input = SetAgentStatus
    /// The answer.
    public typealias Output = AgentSummary
    /// The contract.
    public static let endpoint = describe(
        .patch, "/v1/agents/{id}", area: .agents, authentication: .operator, problems: [.agentNotFound], changes: true,
        summary: "Suspend or resume an agent",
        text: "A suspended agent is given no sessions, and those it has are refused at once until it is resumed. They are not revoked.")
}

/// The request to suspend or resume.
public struct SetAgentStatus: Message {
    /// What it becomes.
    public let status: AgentStatusName
    /// Why.
    public let reason: String?

    /// A request.
    public init(status: AgentStatusName, reason: String? = nil) {
        self.status = status
        self.reason = reason
    }

    /// A reason: one line of up to 500 bytes.
    static let reasonSchema = Schema.string(.text(1...500))
    /// Its words and its members.
    public static let shape = Shape<Self>(
        "What an agent's status becomes.",
        [
            Field("status", \.status, "SUSPENDED or ACTIVE."),
            .optional("reason", \.reason, "Why; kept with the agent and in the audit log.", schema: reasonSchema),
        ])
    /// A suspension.
    public static let example = SetAgentStatus(status: .suspended, reason: "key found in a public repository")

    /// Reads a request.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        status = try object.required("status")
        reason = try object.optional("reason")
    }
}
