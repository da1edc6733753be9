import WaiaasAPI
import WaiaasCore
import WaiaasHTTP

extension WatchPanel: Handler {
    static var fields: [HTTPResponse.Field] { StreamService.fields }

    static func answer(_ call: Call<Self>, in services: Services) async throws -> StreamBytes {
        try await reply(to: call, in: services).output
    }

    static func reply(to call: Call<Self>, in services: Services) async throws -> Reply<StreamBytes> {
        let (user, id) = (call.parameters.userId, call.parameters.sessionId)
        return try await services.streams.watch(
            .user(user, id), StreamWish(call.parameters.stream, call.request.headers), page: "/session/\(user.text)/\(id.text)",
            from: call.source)
    }
}
