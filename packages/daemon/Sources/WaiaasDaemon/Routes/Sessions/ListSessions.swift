import WaiaasAPI
import WaiaasCore

extension ListSessions: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> SessionPage {
        let query = call.parameters
        let (page, limit) = PageRequest.page(after: query.cursor, limit: query.limit, order: query.order)
        let found = try await services.sessions.sessions(page, agent: query.agentId, onlyLive: query.status != .all)
        let now = services.sessions.clocks.now.wall
        let shown = found.prefix(limit).map { SessionSummary($0, at: now) }
        return SessionPage(sessions: shown, nextCursor: found.count > limit ? shown.last?.id : nil)
    }
}
