import WaiaasAPI
import WaiaasCore

extension CreateClient: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> ClientWithSecret {
        ClientWithSecret(try await services.clients.add(call.input.clientId, for: call.caller))
    }
}

extension ClientWithSecret {
    init(_ fresh: OAuthClientService.Fresh) {
        self.init(
            clientId: fresh.client.id, clientSecret: fresh.secret.text, createdAt: fresh.client.createdAt, rotatedAt: fresh.client.rotatedAt
        )
    }
}
