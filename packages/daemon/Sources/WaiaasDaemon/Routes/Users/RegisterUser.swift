import WaiaasAPI
import WaiaasCore
import WaiaasCrypto

extension RegisterUser: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> UserSummary {
        let password = try SecretBytes(password: call.input.password)
        return UserSummary(try await services.users.register(call.input.userId, password: password, from: call.source, for: call.caller))
    }
}
