import WaiaasAPI
import WaiaasCore

extension Command {
    private static let name = Parameter<Agent.Name>.option(
        "name", "NAME", isRequired: true, "a name that no other agent has",
        expected: "1 to 64 of the characters A-Z a-z 0-9 . _ - (not only dots)", read: { Agent.Name($0) })

    static let agentCreate = Command(
        "agent", "create", summary: "make an agent",
        text: "An agent is somebody sessions are given to: a program, a service, a person's script. Its name is for good.",
        parameters: [name.row],
        examples: [.init("an agent called trader", "waiaas agent create --name trader")]
    ) { invocation async throws(CommandFailure) in
        let name = try invocation.arguments.required(name)
        let agent = try await invocation.operatorDoor().call(CreateAgent.self, body: NewAgent(name: name))
        try invocation.report(Report(agent, lines: AgentText.lines(agent, now: invocation.now)))
        return .success
    }
}
