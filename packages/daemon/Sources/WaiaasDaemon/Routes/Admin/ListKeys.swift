import WaiaasAPI

extension ListKeys: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> RingReport {
        try await services.rings.report(call.parameters.ring)
    }
}
