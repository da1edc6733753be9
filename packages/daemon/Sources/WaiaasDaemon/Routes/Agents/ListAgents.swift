import WaiaasAPI
import WaiaasCore

extension ListAgents: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> AgentPage {
        let query = call.parameters
        let (page, limit) = PageRequest.page(after: query.cursor, limit: query.limit, order: query.order)
        let found = try await services.agents.agents(page, named: query.name)
        let shown = found.prefix(limit).map { AgentSummary($0) }
        return AgentPage(agents: shown, nextCursor: found.count > limit ? shown.last?.id : nil)
    }
}
