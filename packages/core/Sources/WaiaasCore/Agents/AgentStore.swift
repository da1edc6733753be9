/// What the agents room reads from storage.
public protocol AgentReading {
    /// The agent with this id.
    func agent(_ id: AgentID) throws(StoreError) -> Agent?
    /// The agent with this name.
    func agent(named name: Agent.Name) throws(StoreError) -> Agent?
    /// A page of agents in the order of their ids.
    func agents(_ page: PageRequest<Agent>) throws(StoreError) -> [Agent]
    /// The agents that may not work, all of them: the load at start.
    func suspendedAgents() throws(StoreError) -> Set<AgentID>
    /// How many agents there are.
    func agentCounts() throws(StoreError) -> AgentCounts
}

/// What the agents room changes in storage, inside a transaction.
public protocol AgentStore: AgentReading {
    /// Adds an agent. Returns false, and changes nothing, if the name is taken.
    func insert(_ agent: Agent) throws(StoreError) -> Bool
    /// Stores an agent's status and the time of its change.
    func updateStatus(of agent: Agent) throws(StoreError)
    /// Whether the agent has a place for one more live session; the session inserted next in this transaction takes it.
    ///
    /// A session holds its place from its insertion until it is revoked, removed, or found ended here: only when all places
    /// are held does this look for sessions that have ended, and takes theirs from them for good.
    ///
    /// - Parameters:
    ///   - limit: how many sessions of this agent may live at once.
    ///   - now: sessions that have ended by then hold no place.
    /// - Returns: false if all places are held, or there is no such agent.
    func claimSessionPlace(for agent: AgentID, limit: Int, at now: WallTime) throws(StoreError) -> Bool
}

/// How many agents there are, by status.
public struct AgentCounts: Equatable, Sendable {
    /// Agents that may work.
    public let active: Int
    /// Agents that may not.
    public let suspended: Int

    /// Counts by status.
    public init(active: Int, suspended: Int) {
        self.active = active
        self.suspended = suspended
    }
}
