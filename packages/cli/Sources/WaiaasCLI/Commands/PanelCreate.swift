import WaiaasAPI
import WaiaasCore

extension Command {
    static let panelCreate = Command(
        "panel", "create", summary: "make a live picture of a user",
        text: """
            A panel is a session with a picture: an SVG that is drawn from a template and arguments, and that changes before the eyes of \
            everybody who looks at its address. The command signs in as the user, over TCP at the address at which the daemon of the data \
            directory listens, and keeps nothing. A fault of the template is named with its line and column.
            """,
        parameters: [
            PanelParameters.panel.row, PanelParameters.user.row, SharedParameters.userPasswordFile.row, PanelParameters.firstTemplate.row,
            PanelParameters.arguments.row, PanelParameters.argumentsFile.row, PanelParameters.life.row,
        ],
        examples: [
            .init(
                "a picture for a day",
                "waiaas panel create build --user ada --template build.svg --args-file build.json --ttl 86400"),
            .init("without questions", "waiaas panel create build --user ada --user-password-file ada.password --template build.svg"),
        ]
    ) { invocation async throws(CommandFailure) in
        let (user, id) = (try invocation.arguments.required(PanelParameters.user), try invocation.arguments.required(PanelParameters.panel))
        let template = try invocation.panelTemplate(in: try invocation.arguments.required(PanelParameters.firstTemplate))
        let arguments = try invocation.panelArguments(for: ["panel", "create"])
        let address = try await invocation.networkAddress()
        let daemon = try await invocation.userDoor(of: user, at: address)
        let made = try await daemon.call(
            CreatePanel.self, PanelOwnerPath(userId: user),
            NewPanel(sessionId: id, template: template, args: arguments, ttlSeconds: invocation.arguments[PanelParameters.life]))
        let stream = "http://\(address)/stream/\(user)/\(id)"
        try invocation.report(
            Report(lines: TextLayout.table([["panel", made.sessionId.text], ["user", made.userId.text], ["stream", stream]])) { json in
                json.member("user_id", made.userId.text)
                json.member("session_id", made.sessionId.text)
                json.member("stream", stream)
            })
        return .success
    }
}
