import WaiaasCore

extension Transaction {
    func agent(_ id: AgentID) throws(StoreError) -> Agent? {
        var agent: Agent?
        try connection.forEach(
            of: "agents", "SELECT id, name, suspended_at, suspension_reason, created_at, updated_at FROM agents WHERE id = ?", id
        ) { (row: inout Row) throws(StoreError) in agent = try Agent(reading: &row) }
        return agent
    }

    func agent(named name: Agent.Name) throws(StoreError) -> Agent? {
        var agent: Agent?
        try connection.forEach(
            of: "agents", "SELECT id, name, suspended_at, suspension_reason, created_at, updated_at FROM agents WHERE name = ?", name
        ) { (row: inout Row) throws(StoreError) in agent = try Agent(reading: &row) }
        return agent
    }

    func agents(_ page: PageRequest<Agent>) throws(StoreError) -> [Agent] {
        let sql: StaticString =
            switch page.order {
            case .ascending:
                """
                SELECT id, name, suspended_at, suspension_reason, created_at, updated_at FROM agents
                WHERE id > ? ORDER BY id LIMIT ?
                """
            case .descending:
                """
                SELECT id, name, suspended_at, suspension_reason, created_at, updated_at FROM agents
                WHERE id < ? ORDER BY id DESC LIMIT ?
                """
            }
        var agents: [Agent] = []
        try connection.forEach(of: "agents", sql, page.bound, max(0, page.limit)) { (row: inout Row) throws(StoreError) in
            agents.append(try Agent(reading: &row))
        }
        return agents
    }

    func suspendedAgents() throws(StoreError) -> Set<AgentID> {
        var suspended: Set<AgentID> = []
        try connection.forEach(of: "agents", "SELECT id FROM agents WHERE suspended_at IS NOT NULL") {
            (row: inout Row) throws(StoreError) in suspended.insert(try row.next())
        }
        return suspended
    }

    func agentCounts() throws(StoreError) -> AgentCounts {
        var counts = AgentCounts(active: 0, suspended: 0)
        try connection.forEach(of: "agents", "SELECT count(*) - count(suspended_at), count(suspended_at) FROM agents") {
            (row: inout Row) throws(StoreError) in counts = AgentCounts(active: try row.next(), suspended: try row.next())
        }
        return counts
    }

    func insert(_ agent: Agent) throws(StoreError) -> Bool {
        let (suspendedAt, reason) = agent.status.columns
        return try connection.run(
            """
            INSERT INTO agents (id, name, suspended_at, suspension_reason, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (name) DO NOTHING
            """, agent.id, agent.name, suspendedAt, reason, agent.createdAt, agent.updatedAt) == 1
    }

    func updateStatus(of agent: Agent) throws(StoreError) {
        let (suspendedAt, reason) = agent.status.columns
        let changed = try connection.run(
            "UPDATE agents SET suspended_at = ?, suspension_reason = ?, updated_at = ? WHERE id = ?", suspendedAt, reason,
            agent.updatedAt, agent.id)
        guard changed == 1 else { throw .ruleBroken("update an agent: there is none with this id") }
    }

    func claimSessionPlace(for agent: AgentID, limit: Int, at now: WallTime) throws(StoreError) -> Bool {
        if try hasPlace(agent, limit: limit) { return true }
        // The partial index leads to those that have ended and to no others; the trigger counts down for each of them.
        let freed = try connection.run(
            "UPDATE sessions SET holds_place = 0 WHERE agent_id = ? AND holds_place = 1 AND expires_at <= ?", agent, now)
        guard freed > 0 else { return false }
        return try hasPlace(agent, limit: limit)
    }

    private func hasPlace(_ agent: AgentID, limit: Int) throws(StoreError) -> Bool {
        try connection.number(of: "SELECT 1 FROM agents WHERE id = ? AND live_sessions < ?", agent, max(0, limit)) == 1
    }
}

extension Agent {
    /// Reads the columns id, name, suspended_at, suspension_reason, created_at, updated_at.
    init(reading row: inout Row) throws(StoreError) {
        let id: AgentID = try row.next()
        let name: Agent.Name = try row.next()
        let suspendedAt: WallTime? = try row.next()
        let reason: String? = try row.next()
        if suspendedAt == nil, reason != nil { throw row.damaged("a reason without a suspension") }
        self.init(
            id: id, name: name, status: suspendedAt.map { .suspended(since: $0, reason: reason) } ?? .active,
            createdAt: try row.next(), updatedAt: try row.next())
    }
}

extension AgentStatus {
    fileprivate var columns: (suspendedAt: WallTime?, reason: String?) {
        switch self {
        case .active: (nil, nil)
        case .suspended(let since, let reason): (since, reason)
        }
    }
}
