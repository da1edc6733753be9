import WaiaasAPI

extension RollBackEventRotation: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> EventRotationReport {
        services.events.report(try await services.events.service.rollBack(by: call.caller.actor, requestID: call.requestID))
    }
}
