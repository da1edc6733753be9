import WaiaasAPI

extension GetMetrics: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> Output { Output(services.metrics.text()) }
}
