import WaiaasAPI

extension GetAudit: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> AuditPage {
        let query = call.parameters
        return try await services.audit.page(after: query.after ?? 0, limit: query.limit.map { Int($0) } ?? 100, for: call.caller)
    }
}
