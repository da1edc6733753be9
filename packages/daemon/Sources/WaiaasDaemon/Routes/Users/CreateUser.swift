import WaiaasAPI
import WaiaasCore
import WaiaasCrypto

extension CreateUser: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> UserSummary {
        let password = try SecretBytes(password: call.input.password)
        return UserSummary(try await services.users.add(call.input.userId, password: password, for: call.caller))
    }
}
