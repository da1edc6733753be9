public import WaiaasCore

/// `PUT /api/user/{user_id}/session/{session_id}`: changes what a session shows.
public enum UpdatePanel: Operation {
    /// The path or the query.
    public typealias Parameters = OwnedPanelName
    /// The request.
    public typealias Input = PanelChange
    /// The answer.
    public typealias Output = NoContent
    /// The contract.
    public static let endpoint = describe(
        .put, "/api/user/{user_id}/session/{session_id}", area: .panels, authentication: .userToken, status: 204, reading: .large,
        problems: [.panelNotFound, .panelRoomExceeded, .templateRefused, .renderingBusy], changes: true,
        summary: "Change a session's picture",
        text: """
            `args` replaces all arguments. Everybody who looks at the picture sees it change. When the session ends stays as it is. A fault is 422 with its line and column, and the picture stays as it was.
            """)
}

/// What changes about a session.
public struct PanelChange: Message {
    /// New arguments.
    public let args: PanelArguments?
    /// A new template.
    public let template: String?

    /// From its parts.
    public init(args: PanelArguments? = nil, template: String? = nil) {
        self.args = args
        self.template = template
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "What changes about a session: arguments, template, or both.",
        [
            .optional("args", \.args, "The new arguments, all of them; absent keeps them."),
            .optional("template", \.template, "A new template; absent keeps it.", schema: PanelTemplateText.schema),
        ])
    /// A green box.
    public static let example = PanelChange(args: Sample.panelArguments, template: Sample.panelTemplate)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        args = try object.optional("args")
        template = try object.optional("template")
    }
}
