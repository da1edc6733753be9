import WaiaasAPI
import WaiaasCore

extension Command {
    static let panelDelete = Command(
        "panel", "delete", summary: "remove a panel",
        text: "Its streams end at once. The id can be used again.",
        parameters: [PanelParameters.panel.row, PanelParameters.user.row, SharedParameters.userPasswordFile.row],
        examples: [.init("by id", "waiaas panel delete build --user ada")]
    ) { invocation async throws(CommandFailure) in
        let (user, id) = (try invocation.arguments.required(PanelParameters.user), try invocation.arguments.required(PanelParameters.panel))
        let daemon = try await invocation.userDoor(of: user, at: try await invocation.networkAddress())
        _ = try await daemon.call(DeletePanel.self, OwnedPanelName(userId: user, sessionId: id))
        try invocation.report(
            Report(lines: ["panel \(id) of \(user) deleted"]) { json in
                json.member("user_id", user.text)
                json.member("session_id", id.text)
                json.member("deleted", true)
            })
        return .success
    }
}
