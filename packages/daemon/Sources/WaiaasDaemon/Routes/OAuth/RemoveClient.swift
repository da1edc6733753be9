import WaiaasAPI

extension RemoveClient: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> NoContent {
        try await services.clients.remove(call.parameters.clientId, for: call.caller)
        return NoContent()
    }
}
