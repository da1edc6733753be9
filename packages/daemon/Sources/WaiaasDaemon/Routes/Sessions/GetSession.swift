import WaiaasAPI
import WaiaasCore

extension GetSession: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> SessionSummary {
        let found = try await services.sessions.session(call.parameters.id)
        return SessionSummary(found, at: services.sessions.clocks.now.wall)
    }
}
