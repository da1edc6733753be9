import WaiaasAPI
import WaiaasCore

extension Command {
    static let agentResume = Command(
        "agent", "resume", summary: "let a suspended agent work again",
        text: "Those of its sessions that have not ended meanwhile work again too.",
        parameters: [SharedParameters.agent.row],
        examples: [.init("by name", "waiaas agent resume trader")]
    ) { invocation async throws(CommandFailure) in
        try await setStatus(SetAgentStatus(status: .active), of: invocation)
    }
}
