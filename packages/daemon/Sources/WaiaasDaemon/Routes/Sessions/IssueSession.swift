import WaiaasAPI
import WaiaasCore

extension IssueSession: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> IssuedSession {
        let issued = try await services.sessions.issue(try SessionService.Order(call.input), for: call.caller)
        let session = issued.session
        return IssuedSession(
            sessionId: session.id, token: String(decoding: issued.token, as: UTF8.self), agentId: issued.agent.id,
            agentName: issued.agent.name, issuedAt: session.token.issuedAt, expiresAt: session.token.expiresAt,
            absoluteExpiresAt: session.absoluteExpiresAt, maxRenewals: Int64(session.maxRenewals),
            constraints: Constraints(bounding: session.constraints))
    }
}

extension SessionService.Order {
    fileprivate init(_ input: NewSession) throws(Problem) {
        let recipient: Recipient
        switch (input.agentId, input.agentName) {
        case (let id?, nil): recipient = .id(id)
        case (nil, let name?): recipient = .name(name)
        default: throw Problem(.validationError)
        }
        self.init(
            recipient: recipient, timeToLive: input.expiresIn.map { .seconds($0) }, maxRenewals: input.maxRenewals.map { Int($0) },
            constraints: input.constraints?.values ?? .none)
    }
}
