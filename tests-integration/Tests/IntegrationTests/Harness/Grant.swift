import WaiaasAPI
import WaiaasCore

/// A session that was given to an agent.
struct Grant: Sendable {
    let agentID: AgentID
    let sessionID: SessionID
    let token: String

    var credential: Credential { .agent(token: token) }
}

extension DaemonProcess {
    /// Makes an agent.
    func agent(_ name: String) async throws -> AgentID {
        guard let name = Agent.Name(name) else { throw DaemonProcess.NotReady(exit: nil, errors: "\(name) is no name") }
        return try await socket.call(CreateAgent.self, body: NewAgent(name: name), as: `operator`).id
    }

    /// Issues a session.
    func grant(to agent: AgentID, expiresIn: Int64 = 86_400) async throws -> Grant {
        let session = try await socket.call(IssueSession.self, body: NewSession(agentId: agent, expiresIn: expiresIn), as: `operator`)
        return Grant(agentID: agent, sessionID: session.sessionId, token: session.token)
    }

    /// Issues a session to a new agent.
    func grant(to name: String) async throws -> Grant { try await grant(to: try await agent(name)) }

    /// What the daemon says of a token: `200 current`, `200 previous`, `401 INVALID_TOKEN`, …
    func verdict(on token: String) async throws -> String {
        try await network.send(Request("GET", "/v1/sessions/self", as: .agent(token: token))).gist
    }

    /// Renews a session with one of its tokens.
    func renew(_ grant: Grant) async throws -> Grant {
        let renewed = try await network.call(RenewSession.self, SessionPath(id: grant.sessionID), as: grant.credential)
        return Grant(agentID: grant.agentID, sessionID: grant.sessionID, token: renewed.token)
    }

    /// Rotates the session secret.
    @discardableResult
    func rotate(compromised: Bool? = nil) async throws -> RotatedSecret {
        let answer = try await socket.call(RotateSecret.self, RotationChoice(compromised: compromised), as: `operator`)
        guard case .rotated(let rotated) = answer else { throw DaemonProcess.NotReady(exit: nil, errors: "a plan, not a rotation") }
        return rotated
    }

    /// The names of the audit records so far.
    func auditNames() async throws -> [String] { try await auditRecords().map(\.event) }

    /// The audit records so far.
    func auditRecords() async throws -> [AuditRecord] {
        var (records, after): ([AuditRecord], Int64?) = ([], 0)
        while let place = after {
            let page = try await socket.call(GetAudit.self, AuditQuery(after: place, limit: 1_000), as: `operator`)
            records += page.records.map(\.record)
            after = page.nextAfter
        }
        return records
    }
}
