import WaiaasAPI

extension GetSecrets: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> SecretsReport { services.secrets.report() }
}
