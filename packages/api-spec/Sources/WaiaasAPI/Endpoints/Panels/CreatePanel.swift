public import WaiaasCore

/// `POST /api/user/{user_id}/session`: makes a session with a picture.
public enum CreatePanel: Operation {
    /// The path or the query.
    public typealias Parameters = PanelOwnerPath
    /// The request.
    public typealias Input = NewPanel
    /// The answer.
    public typealias Output = OwnedPanelName
    /// The contract.
    public static let endpoint = describe(
        .post, "/api/user/{user_id}/session", area: .panels, authentication: .userToken, status: 201, reading: .large,
        problems: [.panelExists, .panelLimitReached, .panelRoomExceeded, .templateRefused, .renderingBusy], changes: true,
        summary: "Make a session with a picture",
        text: """
            The template is drawn with the arguments at once; a fault of either is 422 with its line and column, and nothing is made. The picture is at `/stream/{user_id}/{session_id}` for everybody who knows the address.
            """)
}

/// The request to make a session with a picture.
public struct NewPanel: Message {
    /// The session's id.
    public let sessionId: PanelID
    /// What it is drawn from.
    public let template: String
    /// What the template is given.
    public let args: PanelArguments?
    /// How long it lives, in seconds.
    public let ttlSeconds: Int64?
    /// The same by its other name.
    public let expireSeconds: Int64?

    /// From its parts.
    public init(
        sessionId: PanelID, template: String, args: PanelArguments? = nil, ttlSeconds: Int64? = nil, expireSeconds: Int64? = nil
    ) {
        self.sessionId = sessionId
        self.template = template
        self.args = args
        self.ttlSeconds = ttlSeconds
        self.expireSeconds = expireSeconds
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "A session with a picture.",
        [
            Field("session_id", \.sessionId, "The session's id, which the user chooses."),
            Field("template", \.template, "What it is drawn from: SVG with Jinja tags.", schema: PanelTemplateText.schema),
            .optional("args", \.args, "What the template is given; default none."),
            .optional(
                "ttl_seconds", \.ttlSeconds, "How long it lives, in seconds; default 3600. No change moves the end.",
                schema: .integer(PanelLimits.lifeRange)),
            .optional(
                "expire_seconds", \.expireSeconds, "The same by its other name; both only if they are equal.",
                schema: .integer(PanelLimits.lifeRange)),
        ])
    /// A green box for an hour.
    public static let example = NewPanel(
        sessionId: Sample.panelID, template: Sample.panelTemplate, args: Sample.panelArguments, ttlSeconds: 3_600,
        expireSeconds: 3_600)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        sessionId = try object.required("session_id")
        template = try object.required("template")
        args = try object.optional("args")
        ttlSeconds = try object.optional("ttl_seconds")
        expireSeconds = try object.optional("expire_seconds")
    }
}

/// What a template's text may be.
public enum PanelTemplateText {
    /// 1 to 262,144 characters, in lines; its bytes are counted when it is read.
    public static let schema = Schema.string(.lines(1...PanelLimits.templateBytes))
}
