import WaiaasAPI
import WaiaasCore

extension AbortEventRotation: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> EventRotationReport {
        let job = try await services.events.service.withdraw(because: .aborted, by: call.caller.actor, requestID: call.requestID)
        return services.events.report(job)
    }
}
