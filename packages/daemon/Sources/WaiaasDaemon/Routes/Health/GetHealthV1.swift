import WaiaasAPI

extension GetHealthV1: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> Health { services.instance.health() }
}
