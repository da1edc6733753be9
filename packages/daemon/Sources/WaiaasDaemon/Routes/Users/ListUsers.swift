import WaiaasAPI
import WaiaasCore

extension ListUsers: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> UserPage {
        let limit = Int(clamping: call.parameters.limit ?? 20)
        let found = try await services.users.users(after: call.parameters.cursor, limit: limit + 1)
        let shown = found.prefix(limit).map { UserSummary($0) }
        return UserPage(users: shown, nextCursor: found.count > limit ? shown.last?.userId : nil)
    }
}
