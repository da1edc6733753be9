import WaiaasAPI

extension ChangeMasterPassword: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> ChangedPassword {
        let current = try call.secret("X-Master-Password")
        let replacement = try call.secret(newPassword.name)
        return ChangedPassword(at: try await services.passwords.change(from: current, to: replacement, for: call.caller))
    }
}
