import WaiaasCore

extension SessionService {
    /// A session with its agent's name, as lists show it.
    struct Named: Sendable {
        let session: Session
        let agentName: Agent.Name
    }

    /// One session.
    ///
    /// - Throws: ``Problem``: `SESSION_NOT_FOUND`.
    func session(_ id: SessionID) async throws -> Named {
        try await store.read { store in
            guard let session = try store.session(id) else { throw Problem(.sessionNotFound) }
            return try Self.named([session], in: store)
        }[0]
    }

    /// A page of sessions: one more than asked is read, to know whether there is a next page.
    ///
    /// - Parameters:
    ///   - onlyLive: leaves out what was revoked or has ended.
    func sessions(_ page: PageRequest<Session>, agent: AgentID?, onlyLive: Bool) async throws -> [Named] {
        let now = clocks.now.wall
        return try await store.read { store in
            try Self.named(try store.sessions(page, agent: agent, liveAt: onlyLive ? now : nil), in: store)
        }
    }

    private static func named(_ sessions: [Session], in store: any AgentReading) throws -> [Named] {
        var names: [AgentID: Agent.Name] = [:]
        return try sessions.map { session in
            guard let name = try names[session.agentID] ?? store.agent(session.agentID)?.name else {
                throw StoreError.damaged(table: "sessions", column: "agent_id", reason: "it names no agent")
            }
            names[session.agentID] = name
            return Named(session: session, agentName: name)
        }
    }
}
