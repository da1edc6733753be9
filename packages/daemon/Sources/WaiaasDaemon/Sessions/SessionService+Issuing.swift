import WaiaasCore

extension SessionService {
    /// What is asked for.
    struct Order: Sendable {
        enum Recipient: Sendable {
            case id(AgentID)
            case name(Agent.Name)
        }

        let recipient: Recipient
        let timeToLive: Duration?
        let maxRenewals: Int?
        let constraints: SessionConstraints
    }

    /// A session with its token, which is handed out once and not kept.
    struct Issued: Sendable {
        let session: Session
        let agent: Agent
        let token: [UInt8]
    }

    /// Issues a session: agent, place, token, row and record in one transaction; memory after its commit, then the answer.
    ///
    /// - Throws: ``Problem``: `AGENT_NOT_FOUND`, `AGENT_SUSPENDED`, `SESSION_LIMIT_EXCEEDED`.
    func issue(_ order: Order, for caller: Caller) async throws -> Issued {
        let begun = issuing.begin()
        let issued = try await commit(order, for: caller)
        issuing.end(begun)
        return issued
    }

    private func commit(_ order: Order, for caller: Caller) async throws -> Issued {
        try await store.write { [self] transaction in
            let now = clocks.now.wall
            let limits = live.current.sessions
            let agent = try activeAgent(order.recipient, in: transaction)
            guard try transaction.claimSessionPlace(for: agent.id, limit: limits.sessionsPerAgent, at: now) else {
                throw Problem(.sessionLimitExceeded, details: ["limit": .integer(Int64(limits.sessionsPerAgent))])
            }
            // Signed inside the writer's turn: a rotation is either wholly before this token or wholly after it.
            let timeToLive = order.timeToLive ?? limits.timeToLive
            let absoluteEnd = now.wholeSecond + limits.absoluteLifetime
            let claims = SessionToken.Claims(
                session: SessionID(at: now, randomness: randomness), agent: agent.id, jti: TokenID(randomness: randomness),
                issuedAt: now.wholeSecond, expiresAt: min(now.wholeSecond + timeToLive, absoluteEnd))
            let (token, traces) = try SessionToken.sign(claims, with: secrets.ring.active)
            let session = Session(
                id: claims.session, agentID: agent.id, token: traces, timeToLive: timeToLive, constraints: order.constraints,
                maxRenewals: order.maxRenewals ?? limits.maxRenewals, absoluteExpiresAt: absoluteEnd, createdAt: now)
            try transaction.insert(session)
            try audit.append(
                AuditEvent(
                    .sessionIssued, by: caller.actor, agentID: agent.id, sessionID: session.id, requestID: caller.requestID,
                    details: [AuditDetail("kid", traces.kid.text), AuditDetail("expiresAt", traces.expiresAt.iso8601)]),
                to: transaction)
            return Issued(session: session, agent: agent, token: token)
        } committed: { [table] issued in
            table.set(SessionTrace(of: issued.session))
        }
    }

    private func activeAgent(_ recipient: Order.Recipient, in store: any AgentReading) throws -> Agent {
        let found =
            switch recipient {
            case .id(let id): try store.agent(id)
            case .name(let name): try store.agent(named: name)
            }
        guard let found else { throw Problem(.agentNotFound) }
        guard !found.status.isSuspended else { throw Problem(.agentSuspended) }
        return found
    }
}
