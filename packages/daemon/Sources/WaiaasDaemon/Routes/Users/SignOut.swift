import WaiaasAPI
import WaiaasCore

extension SignOut: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> NoContent {
        try await reply(to: call, in: services).output
    }

    static func reply(to call: Call<Self>, in services: Services) async throws -> Reply<NoContent> {
        try services.refresh.countRequest(from: call.source)
        // Whoever planted a second cookie keeps nobody signed in: each of them is ended.
        for presented in try call.logins() {
            try await services.refresh.signOut(
                presented, client: nil, everywhere: call.parameters.everywhere == true, reason: .logout, for: call.caller)
        }
        return Reply(NoContent(), fields: [services.refresh.clearedCookie])
    }
}
