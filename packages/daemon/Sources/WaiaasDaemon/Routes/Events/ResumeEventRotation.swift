import WaiaasAPI

extension ResumeEventRotation: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> EventRotationReport {
        let names = call.parameters.without?.split(separator: ",").map(String.init) ?? []
        let job = try await services.events.service.resume(without: names, by: call.caller.actor, requestID: call.requestID)
        return services.events.report(job)
    }
}
