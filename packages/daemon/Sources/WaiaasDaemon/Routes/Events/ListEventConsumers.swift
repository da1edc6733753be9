import WaiaasAPI

extension ListEventConsumers: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> EventConsumerList {
        EventConsumerList(consumers: services.events.consumerStates())
    }
}
