import WaiaasAPI

extension GetEventStatus: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> EventStatus { services.events.status() }
}
