import WaiaasAPI
import WaiaasCore
import WaiaasHTTP

extension WatchPublicPanel: Handler {
    static var fields: [HTTPResponse.Field] { StreamService.fields }

    static func answer(_ call: Call<Self>, in services: Services) async throws -> StreamBytes {
        try await reply(to: call, in: services).output
    }

    static func reply(to call: Call<Self>, in services: Services) async throws -> Reply<StreamBytes> {
        let id = call.parameters.sessionId
        return try await services.streams.watch(
            .public(id), StreamWish(call.parameters.stream, call.request.headers), page: "/session/\(id.text)", from: call.source)
    }
}
