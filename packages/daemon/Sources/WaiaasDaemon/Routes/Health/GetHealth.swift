import WaiaasAPI

extension GetHealth: PromptHandler {
    static func answer(_ call: Call<Self>, in services: Services) throws -> Health { services.instance.health() }
}
