/// Somebody who is given sessions: a program, a service, a bot.
public struct Agent: Equatable, Sendable {
    /// Its id.
    public let id: Identifier<Agent>
    /// Its unique name.
    public let name: Name
    /// Whether it may be given sessions and use them.
    public var status: AgentStatus
    /// When it was made.
    public let createdAt: WallTime
    /// When its status last changed.
    public var updatedAt: WallTime

    /// An agent as it is stored.
    public init(id: Identifier<Agent>, name: Name, status: AgentStatus, createdAt: WallTime, updatedAt: WallTime) {
        self.id = id
        self.name = name
        self.status = status
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// The id of an agent.
public typealias AgentID = Identifier<Agent>
