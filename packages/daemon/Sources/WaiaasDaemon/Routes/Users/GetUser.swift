import WaiaasAPI
import WaiaasCore

extension GetUser: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> UserSummary {
        UserSummary(try await services.users.user(call.parameters.userId))
    }
}
