import WaiaasAPI

extension CheckEventTargets: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> EventTargetChecks {
        await services.events.checkTargets()
    }
}
