import WaiaasAPI
import WaiaasCore

extension Command {
    static let agentShow = Command(
        "agent", "show", summary: "show an agent",
        text: "A text that is an id is taken for one; anything else is a name.",
        parameters: [SharedParameters.agent.row],
        examples: [.init("by name", "waiaas agent show trader")]
    ) { invocation async throws(CommandFailure) in
        let reference = try invocation.arguments.required(SharedParameters.agent)
        let agent = try await invocation.operatorDoor().agent(reference)
        try invocation.report(Report(agent, lines: AgentText.lines(agent, now: invocation.now)))
        return .success
    }
}
