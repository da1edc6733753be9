import WaiaasAPI

extension RemoveEventConsumer: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> NoContent {
        try await services.events.consumers.remove(call.parameters.name, for: call.caller)
        return NoContent()
    }
}
