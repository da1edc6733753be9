import WaiaasAPI

extension GetStatus: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> StatusReport {
        try await services.instance.status(events: services.events.health())
    }
}
