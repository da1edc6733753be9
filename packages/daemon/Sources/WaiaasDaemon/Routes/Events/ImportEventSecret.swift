import WaiaasAPI

extension ImportEventSecret: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> EventStatus {
        try await services.events.service.importSecret(
            try call.secret(secret.name), by: call.caller.actor, requestID: call.requestID)
        return services.events.status()
    }
}
