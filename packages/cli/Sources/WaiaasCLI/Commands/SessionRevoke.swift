import WaiaasAPI
import WaiaasCore

extension Command {
    private static let session = Parameter<SessionID>.positional(
        "SESSION", isRequired: false, "the session's id; or --all", expected: "a session's id", read: { SessionID($0) })
    private static let everyOne = Parameter<Bool>.flag("all", "every session, or with --agent every one of that agent")

    static let sessionRevoke = Command(
        "session", "revoke", summary: "end sessions at once",
        text: """
            A token of a revoked session is refused from the answer on. This cannot be undone. With --all it asks first; where there is no \
            terminal to ask at, it wants --yes.
            """,
        parameters: [session.row, everyOne.row, SharedParameters.ofAgent.row, SharedParameters.yes.row],
        examples: [
            .init("one", "waiaas session revoke 01935d3e-8a10-7c3b-a05f-6e7d8c9ba012"),
            .init("all of an agent", "waiaas session revoke --all --agent trader"),
            .init("all there are, from a script", "waiaas session revoke --all --yes"),
        ]
    ) { invocation async throws(CommandFailure) in
        let arguments = invocation.arguments
        switch (arguments[session], arguments.has(everyOne)) {
        case (.some, true): throw usage(.contradiction("SESSION", "--all"))
        case (nil, false): throw usage(.missing("SESSION or --all"))
        case (.some, false) where arguments.has(SharedParameters.ofAgent.row): throw usage(.contradiction("SESSION", "--agent"))
        case (let id?, false): try await revoke(id, invocation)
        case (nil, true): try await revokeAll(invocation)
        }
        return .success
    }

    private static func usage(_ fault: UsageFault) -> CommandFailure { .usage(fault, command: ["session", "revoke"]) }

    private static func revoke(_ id: SessionID, _ invocation: Invocation) async throws(CommandFailure) {
        let answer = try await invocation.operatorDoor().call(RevokeSession.self, SessionPath(id: id))
        try invocation.report(Report(answer, lines: ["session \(answer.sessionId) revoked at \(answer.revokedAt.iso8601)"]))
    }

    private static func revokeAll(_ invocation: Invocation) async throws(CommandFailure) {
        let whose = invocation.arguments[SharedParameters.ofAgent].map { "every session of agent \($0)" } ?? "every session there is"
        let daemon = try await invocation.operatorDoor(confirming: "\(whose) ends at once, for good")
        var agentID: AgentID?
        if let reference = invocation.arguments[SharedParameters.ofAgent] { agentID = try await daemon.agentID(reference) }
        let answer = try await daemon.call(RevokeSessions.self, body: SessionsToRevoke(agentId: agentID))
        try invocation.report(Report(answer, lines: ["\(SpanWords.count(answer.revoked, "session")) revoked"]))
    }
}
