import WaiaasAPI
import WaiaasCore
import WaiaasCrypto

extension UpdateUser: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> UserSummary {
        let (users, id, change) = (services.users, call.parameters.userId, call.input)
        switch (change.password, change.status) {
        case (let password?, nil):
            return UserSummary(try await users.setPassword(try SecretBytes(password: password), of: id, for: call.caller))
        case (nil, let status?):
            let user = try await users.setDisabled(status == .disabled, user: id, for: call.caller)
            if user.status.isDisabled { services.panels.hide(panelsOf: id) }
            return UserSummary(user)
        default: throw Problem(.validationError)
        }
    }
}
