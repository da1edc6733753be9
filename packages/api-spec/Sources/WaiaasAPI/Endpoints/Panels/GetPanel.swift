public import WaiaasCore

/// `GET /api/user/{user_id}/session/{session_id}`: shows what a session is drawn from.
public enum GetPanel: Operation {
    /// The path or the query.
    public typealias Parameters = OwnedPanelName
    /// The answer.
    public typealias Output = PanelContents
    /// The contract.
    public static let endpoint = describe(
        .get, "/api/user/{user_id}/session/{session_id}", area: .panels, authentication: .userToken, problems: [.panelNotFound],
        summary: "Show a session with a picture",
        text: """
            Template and arguments as they came; the picture is at `/stream/{user_id}/{session_id}`.
            """)
}

/// What a session is drawn from.
public struct PanelContents: Message {
    /// The session's id.
    public let sessionId: PanelID
    /// What it is drawn from.
    public let template: String
    /// What the template is given.
    public let args: PanelArguments

    /// From its parts.
    public init(sessionId: PanelID, template: String, args: PanelArguments) {
        self.sessionId = sessionId
        self.template = template
        self.args = args
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "What a session is drawn from.",
        [
            Field("session_id", \.sessionId, "The session's id."),
            Field("template", \.template, "What it is drawn from.", schema: PanelTemplateText.schema),
            Field("args", \.args, "What the template is given."),
        ])
    /// A green box.
    public static let example = PanelContents(
        sessionId: Sample.panelID, template: Sample.panelTemplate, args: Sample.panelArguments)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        sessionId = try object.required("session_id")
        template = try object.required("template")
        args = try object.required("args")
    }
}
