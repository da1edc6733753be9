import WaiaasAPI
import WaiaasCore

extension Command {
    private static let filter = Parameter<SessionFilter>.choice(
        "status", "those that can be used (default), or expired and revoked ones too")
    private static let cursor = Parameter<SessionID>.option(
        "cursor", "SESSION", "go on after this one: the nextCursor of the page before", expected: "a session's id",
        read: { SessionID($0) })

    static let sessionList = Command(
        "session", "list", summary: "list the sessions",
        text: "Newest first.",
        parameters: [SharedParameters.ofAgent.row, filter.row, SharedParameters.pageSize.row, cursor.row],
        examples: [
            .init("all that can be used", "waiaas session list"),
            .init("everything one agent ever had", "waiaas session list --agent trader --status all"),
        ]
    ) { invocation async throws(CommandFailure) in
        let arguments = invocation.arguments
        let daemon = try await invocation.operatorDoor()
        var agentID: AgentID?
        if let reference = arguments[SharedParameters.ofAgent] { agentID = try await daemon.agentID(reference) }
        let page = try await daemon.call(
            ListSessions.self,
            SessionQuery(
                agentId: agentID, status: arguments[filter], limit: arguments[SharedParameters.pageSize], cursor: arguments[cursor]))
        let rows = page.sessions.map {
            [$0.id.description, $0.agentName.text, $0.status.rawValue, $0.kid.text, SpanWords.time($0.expiresAt, now: invocation.now)]
        }
        try invocation.report(
            Report(
                page, lines: TextLayout.table([["SESSION", "AGENT", "STATUS", "SIGNED BY", "EXPIRES"]] + rows),
                notes: page.nextCursor.map { ["there are more: --cursor \($0)"] } ?? []))
        return .success
    }
}
