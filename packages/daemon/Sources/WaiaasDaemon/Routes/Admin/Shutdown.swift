import WaiaasAPI

extension Shutdown: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> ShutdownStarted {
        ShutdownStarted(at: services.instance.shutDown())
    }
}
