import WaiaasAPI
import WaiaasCore
import WaiaasCrypto

extension IssueUserToken: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> UserGrant {
        try await reply(to: call, in: services).output
    }

    static func reply(to call: Call<Self>, in services: Services) async throws -> Reply<UserGrant> {
        let login = call.input
        let client = try services.clients.client(login.clientId, secret: login.clientSecret)
        let password = try SecretBytes(password: login.password)
        let user = try await services.users.signIn(login.userId, password: password, from: call.source, for: call.caller)
        let life = login.ttlSeconds.map { Duration.seconds($0) }
        let delivery = login.refresh ?? .cookie
        guard delivery != .none else {
            return Reply(try await services.refresh.withoutLogin(for: user, life: life, for: call.caller).answer())
        }
        let grant = try await services.refresh.begin(for: user, client: client, life: life, for: call.caller)
        guard delivery == .cookie else { return Reply(try grant.answer(showingRefresh: true)) }
        return Reply(try grant.answer(), fields: [services.refresh.cookie(of: grant)].compactMap(\.self))
    }
}
