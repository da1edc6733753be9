import WaiaasCore

extension SessionService {
    /// Ends a session: its token is refused from the answer on.
    ///
    /// - Returns: when it was ended.
    /// - Throws: ``Problem``: `SESSION_NOT_FOUND`, or `SESSION_REVOKED` (409) if it has ended already.
    func revoke(_ id: SessionID, for caller: Caller) async throws -> WallTime {
        try await store.write { [self] transaction in
            let now = clocks.now.wall
            guard let session = try transaction.session(id) else { throw Problem(.sessionNotFound) }
            guard try transaction.revoke(id, at: now) else { throw Problem(.sessionAlreadyRevoked) }
            try audit.append(
                AuditEvent(.sessionRevoked, by: caller.actor, agentID: session.agentID, sessionID: id, requestID: caller.requestID),
                to: transaction)
            return now
        } committed: { [table] _ in
            table.remove(id)
        }
    }

    /// Ends every session, of one agent or of all.
    ///
    /// - Returns: how many there were.
    func revokeAll(of agent: AgentID?, for caller: Caller) async throws -> Int {
        // Alone: in a group it would have to be kept in memory for a roll-back, however many they are.
        try await store.writeAlone { [self] transaction in
            if let agent, try transaction.agent(agent) == nil { throw Problem(.agentNotFound) }
            let count = try transaction.revokeAll(of: agent, at: clocks.now.wall)
            try audit.append(
                AuditEvent(
                    .sessionsRevoked, by: caller.actor, agentID: agent, requestID: caller.requestID,
                    details: [AuditDetail("count", Int64(count))]),
                to: transaction)
            return count
        } committed: { [table] _ in
            // More than those counted: what has ended but for the leeway too, which the store no longer counts as live.
            table.removeAll(of: agent)
        }
    }
}
