import WaiaasAPI

extension GetAgent: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> AgentSummary {
        AgentSummary(try await services.agents.agent(call.parameters.id))
    }
}
