import WaiaasAPI
import WaiaasCore

extension Command {
    static let panelList = Command(
        "panel", "list", summary: "list the panels of a user",
        text: "All of them, by id, with the time that each has left.",
        parameters: [PanelParameters.user.row, SharedParameters.userPasswordFile.row],
        examples: [
            .init("as a table", "waiaas panel list --user ada"),
            .init("ids alone", "waiaas panel list --user ada --json | jq -r '.sessions[].session_id'"),
        ]
    ) { invocation async throws(CommandFailure) in
        let user = try invocation.arguments.required(PanelParameters.user)
        let daemon = try await invocation.userDoor(of: user, at: try await invocation.networkAddress())
        let list = try await daemon.call(ListPanels.self, PanelOwnerPath(userId: user))
        let rows = list.sessions.map { [$0.sessionId.text, $0.createdAt.iso8601, SpanWords.words(.seconds($0.ttl))] }
        try invocation.report(Report(list, lines: TextLayout.table([["ID", "MADE", "LEFT"]] + rows)))
        return .success
    }
}
