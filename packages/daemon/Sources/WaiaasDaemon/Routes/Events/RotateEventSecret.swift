import WaiaasAPI

extension RotateEventSecret: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> EventRotationAnswer {
        try await services.events.rotate(call.parameters, for: call.caller)
    }
}
