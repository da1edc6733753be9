import WaiaasAPI
import WaiaasCore

extension Command {
    static let panelUpdate = Command(
        "panel", "update", summary: "change what a panel shows",
        text: """
            New arguments replace the old ones, all of them; what is not given stays. Everybody who looks at the picture sees it change. When \
            the panel ends stays as it is. If the picture cannot be drawn nothing changes.
            """,
        parameters: [
            PanelParameters.panel.row, PanelParameters.user.row, SharedParameters.userPasswordFile.row, PanelParameters.arguments.row,
            PanelParameters.argumentsFile.row, PanelParameters.template.row,
        ],
        examples: [
            .init("other arguments", "waiaas panel update build --user ada --args-file build.json"),
            .init("another template", "waiaas panel update build --user ada --template build.svg"),
        ]
    ) { invocation async throws(CommandFailure) in
        let (user, id) = (try invocation.arguments.required(PanelParameters.user), try invocation.arguments.required(PanelParameters.panel))
        let arguments = try invocation.panelArguments(for: ["panel", "update"])
        let template: String? =
            if let path = invocation.arguments[PanelParameters.template] { try invocation.panelTemplate(in: path) } else { nil }
        guard arguments != nil || template != nil else {
            throw .usage(.missing("--args, --args-file or --template"), command: ["panel", "update"])
        }
        let daemon = try await invocation.userDoor(of: user, at: try await invocation.networkAddress())
        _ = try await daemon.call(
            UpdatePanel.self, OwnedPanelName(userId: user, sessionId: id), PanelChange(args: arguments, template: template))
        try invocation.report(
            Report(lines: ["panel \(id) of \(user) updated"]) { json in
                json.member("user_id", user.text)
                json.member("session_id", id.text)
                json.member("updated", true)
            })
        return .success
    }
}
