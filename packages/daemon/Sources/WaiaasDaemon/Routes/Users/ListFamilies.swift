import WaiaasAPI
import WaiaasCore

extension ListFamilies: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> FamilyList {
        let own = try await services.refresh.login(of: try call.login())
        let families = try await services.refresh.families(of: own.userID)
        return FamilyList(families: families.map { FamilySummary($0, isCurrent: $0.id == own.id) })
    }
}

extension FamilySummary {
    fileprivate init(_ family: RefreshFamily, isCurrent: Bool) {
        self.init(
            id: family.id, clientId: family.clientID, current: isCurrent, createdAt: family.createdAt, lastUsedAt: family.lastUsedAt,
            expiresAt: family.absoluteExpiresAt)
    }
}
