import WaiaasAPI

extension CreateAgent: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> AgentSummary {
        AgentSummary(try await services.agents.create(call.input.name, for: call.caller))
    }
}
