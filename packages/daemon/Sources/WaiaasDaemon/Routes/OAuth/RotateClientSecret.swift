import WaiaasAPI

extension RotateClientSecret: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> ClientWithSecret {
        ClientWithSecret(try await services.clients.rotateSecret(of: call.parameters.clientId, for: call.caller))
    }
}
