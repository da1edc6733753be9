import WaiaasAPI
import WaiaasCore

extension RevokeSession: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> RevokedSession {
        let id = call.parameters.id
        if case .session(let session) = call.identity, session.session != id { throw Problem(.forbidden) }
        return RevokedSession(sessionId: id, revokedAt: try await services.sessions.revoke(id, for: call.caller))
    }
}
