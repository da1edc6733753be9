import WaiaasAPI

extension UpdateAgent: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> AgentSummary {
        let agent = try await services.agents.setSuspended(
            call.input.status == .suspended, agent: call.parameters.id, reason: call.input.reason, for: call.caller)
        return AgentSummary(agent)
    }
}
