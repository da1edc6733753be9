import WaiaasAPI
import WaiaasCore

extension CreateEventConsumer: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> EventConsumerWithToken {
        let (consumer, token) = try await services.events.consumers.add(
            call.input.name, roles: Set(call.input.roles), for: call.caller)
        return EventConsumerWithToken(
            name: consumer.name, roles: consumer.roles.sorted(), token: token.text, createdAt: consumer.createdAt)
    }
}
