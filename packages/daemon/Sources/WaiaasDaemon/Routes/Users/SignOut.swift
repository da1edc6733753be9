import WaiaasAPI
import WaiaasCore

extension SignOut: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> NoContent {
        try await reply(to: call, in: services).output
    }

    static func reply(to call: Call<Self>, in services: Services) async throws -> Reply<NoContent> {
        try await services.refresh.signOut(
            try call.login(), client: nil, everywhere: call.parameters.everywhere == true, reason: .logout, for: call.caller)
        return Reply(NoContent(), fields: [services.refresh.clearedCookie])
    }
}
