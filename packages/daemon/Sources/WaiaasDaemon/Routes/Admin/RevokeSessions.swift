import WaiaasAPI

extension RevokeSessions: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> RevokedSessions {
        RevokedSessions(revoked: Int64(try await services.sessions.revokeAll(of: call.input.agentId, for: call.caller)))
    }
}
