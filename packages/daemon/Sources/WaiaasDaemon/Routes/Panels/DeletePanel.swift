import WaiaasAPI
import WaiaasCore

extension DeletePanel: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> NoContent {
        try await services.panels.delete(.user(try call.owner(), call.parameters.sessionId), for: call.caller)
        return NoContent()
    }
}
