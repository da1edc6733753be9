import WaiaasCore

/// The stories of an agent: creating, suspending, resuming, listing.
struct AgentService: Sendable {
    let store: any Store
    let table: AgentTable
    let audit: AuditTrail
    let clocks: Clocks
    let randomness: Randomness

    /// Makes an agent.
    ///
    /// - Throws: ``Problem``: `AGENT_NAME_TAKEN`.
    func create(_ name: Agent.Name, for caller: Caller) async throws -> Agent {
        try await store.write { [self] transaction in
            let now = clocks.now.wall
            let agent = Agent(id: AgentID(at: now, randomness: randomness), name: name, status: .active, createdAt: now, updatedAt: now)
            guard try transaction.insert(agent) else { throw Problem(.agentNameTaken) }
            try audit.append(
                AuditEvent(
                    .agentCreated, by: caller.actor, agentID: agent.id, requestID: caller.requestID,
                    details: [AuditDetail("name", name.text)]),
                to: transaction)
            return agent
        } committed: { _ in
        }
    }

    /// Suspends or resumes an agent; setting the status it has changes nothing. Its tokens are refused, or accepted, from the answer on.
    ///
    /// - Parameters:
    ///   - suspends: which of the two.
    ///   - reason: why; recorded.
    /// - Throws: ``Problem``: `AGENT_NOT_FOUND`.
    func setSuspended(_ suspends: Bool, agent id: AgentID, reason: String?, for caller: Caller) async throws -> Agent {
        try await store.write { [self] transaction in
            guard var agent = try transaction.agent(id) else { throw Problem(.agentNotFound) }
            guard agent.status.isSuspended != suspends else { return agent }
            let now = clocks.now.wall
            agent.status = suspends ? .suspended(since: now, reason: reason) : .active
            agent.updatedAt = now
            try transaction.updateStatus(of: agent)
            try audit.append(
                AuditEvent(
                    suspends ? .agentSuspended : .agentResumed, by: caller.actor, agentID: id, requestID: caller.requestID,
                    details: [reason.map { AuditDetail("reason", $0) }].compactMap(\.self)),
                to: transaction)
            return agent
        } committed: { [table] agent in
            table.set(agent)
        }
    }

    /// One agent.
    ///
    /// - Throws: ``Problem``: `AGENT_NOT_FOUND`.
    func agent(_ id: AgentID) async throws -> Agent {
        try await store.read { store in
            guard let agent = try store.agent(id) else { throw Problem(.agentNotFound) }
            return agent
        }
    }

    /// A page of agents, or the one of this name.
    func agents(_ page: PageRequest<Agent>, named name: Agent.Name?) async throws -> [Agent] {
        try await store.read { store in
            if let name { return try store.agent(named: name).map { [$0] } ?? [] }
            return try store.agents(page)
        }
    }
}
