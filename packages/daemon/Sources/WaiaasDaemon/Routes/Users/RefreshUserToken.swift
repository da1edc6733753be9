import WaiaasAPI
import WaiaasCore

extension RefreshUserToken: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> UserGrant {
        try await reply(to: call, in: services).output
    }

    static func reply(to call: Call<Self>, in services: Services) async throws -> Reply<UserGrant> {
        do {
            let grant = try await services.refresh.exchange(
                try call.login(), client: nil, life: nil, from: call.source, for: call.caller)
            return Reply(try grant.answer(), fields: [services.refresh.cookie(of: grant)].compactMap(\.self))
        } catch let problem as Problem where problem.code.status == 401 {
            // A cookie that opens nothing any more is taken away.
            throw RefusedReply(problem: problem, fields: [services.refresh.clearedCookie])
        }
    }
}
