import WaiaasAPI
import WaiaasCore

extension Command {
    private static let reason = Parameter<String>.option(
        "reason", "TEXT", "why; kept with the agent and in the audit log", expected: "1 to 500 characters",
        read: { (1...500).contains($0.unicodeScalars.count) ? $0 : nil })

    static let agentSuspend = Command(
        "agent", "suspend", summary: "let an agent no longer work",
        text: "Its sessions are refused at once, and it is given no new ones, until it is resumed. They are not revoked.",
        parameters: [SharedParameters.agent.row, reason.row],
        examples: [.init("and say why", "waiaas agent suspend trader --reason 'its key is in a public repository'")]
    ) { invocation async throws(CommandFailure) in
        try await setStatus(SetAgentStatus(status: .suspended, reason: invocation.arguments[reason]), of: invocation)
    }

    static func setStatus(_ status: SetAgentStatus, of invocation: Invocation) async throws(CommandFailure) -> ExitCode {
        let reference = try invocation.arguments.required(SharedParameters.agent)
        let daemon = try await invocation.operatorDoor()
        let agent = try await daemon.call(UpdateAgent.self, AgentPath(id: try await daemon.agentID(reference)), status)
        try invocation.report(Report(agent, lines: AgentText.lines(agent, now: invocation.now)))
        return .success
    }
}
