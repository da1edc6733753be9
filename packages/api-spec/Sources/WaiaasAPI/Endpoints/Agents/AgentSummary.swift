public import WaiaasCore

/// The status of an agent in the API.
public enum AgentStatusName: String, CaseIterable, TextFieldValue {
    /// It may be given sessions and use them.
    case active = "ACTIVE"
    /// It may not.
    case suspended = "SUSPENDED"
}

/// An agent as the API shows it.
public struct AgentSummary: Message {
    /// Its id.
    public let id: AgentID
    /// Its unique name.
    public let name: Agent.Name
    /// Whether it may work.
    public let status: AgentStatusName
    /// Since when it is suspended.
    public let suspendedAt: WallTime?
    /// Why it is suspended.
    public let suspensionReason: String?
    /// When it was made.
    public let createdAt: WallTime
    /// When its status last changed.
    public let updatedAt: WallTime

    /// An agent from the domain.
    public init(_ agent: Agent) {
        id = agent.id
        name = agent.name
        createdAt = agent.createdAt
        updatedAt = agent.updatedAt
        switch agent.status {
        case .active:
            status = .active
            suspendedAt = nil
            suspensionReason = nil
        case .suspended(let since, let reason):
            status = .suspended
            suspendedAt = since
            suspensionReason = reason
        }
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "An agent: somebody sessions are issued to.",
        [
            Field("id", \.id, "The agent's id."),
            Field("name", \.name, "The agent's unique name."),
            Field("status", \.status, "ACTIVE, or SUSPENDED: it is given no sessions and those it has are refused."),
            .optional("suspendedAt", \.suspendedAt, "Since when it is suspended."),
            .optional("suspensionReason", \.suspensionReason, "Why it is suspended.", schema: SetAgentStatus.reasonSchema),
            Field("createdAt", \.createdAt, "When it was made."),
            Field("updatedAt", \.updatedAt, "When its status last changed."),
        ])
    /// A suspended agent.
    public static let example = AgentSummary(
        Agent(
            id: Sample.agentID, name: Sample.agentName, status: .suspended(since: Sample.later, reason: "key found in a public repository"),
            createdAt: Sample.time, updatedAt: Sample.later))

    /// Reads an agent.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        id = try object.required("id")
        name = try object.required("name")
        status = try object.required("status")
        suspendedAt = try object.optional("suspendedAt")
        suspensionReason = try object.optional("suspensionReason")
        createdAt = try object.required("createdAt")
        updatedAt = try object.required("updatedAt")
    }
}
