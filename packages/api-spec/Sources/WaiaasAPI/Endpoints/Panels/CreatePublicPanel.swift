public import WaiaasCore

/// `POST /api/session`: makes a session with a picture that belongs to nobody.
public enum CreatePublicPanel: Operation {
    /// The request.
    public typealias Input = NewPublicPanel
    /// The answer.
    public typealias Output = PanelName
    /// The contract.
    public static let endpoint = describe(
        .post, "/api/session", area: .panels, authentication: .anyone, status: 201, reading: .lenient,
        problems: [
            .validationErrorUnprocessable, .panelExists, .panelLimitReached, .panelRoomExceeded, .templateRefused, .renderingBusy,
            .publicSessionsClosed, .publicSessionsTooMany,
        ], changes: true, refusals: .withError, isOpenToAllOrigins: true,
        summary: "Make a public session",
        text: """
            Anybody may see and change it, so nothing that matters belongs there. An address may make 60 a minute. A member that is missing or of another kind is 422; unknown members are left aside. The operator may close public sessions (`public_sessions.enabled`).
            """)
}

/// The request to make a public session.
public struct NewPublicPanel: LenientMessage {
    /// The session's id; spaces around it are dropped.
    public let sessionId: String
    /// What it is drawn from.
    public let template: String
    /// What the template is given.
    public let args: PanelArguments?
    /// How long it lives, as people write it.
    public let expire: String?

    /// From its parts.
    public init(sessionId: String, template: String, args: PanelArguments? = nil, expire: String? = nil) {
        self.sessionId = sessionId
        self.template = template
        self.args = args
        self.expire = expire
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "A public session.",
        [
            Field(
                "session_id", \.sessionId, "The session's id: 1 to 64 of `A-Z a-z 0-9 . _ -`; spaces around it are dropped.",
                schema: .string(.lines(0...256))),
            Field("template", \.template, "What it is drawn from: SVG with Jinja tags.", schema: PanelTemplateText.schema),
            .optional("args", \.args, "What the template is given; default none."),
            .optional(
                "expire", \.expire, "How long it lives: `1d` (the default), `3600s`, `1h 30m`; a second to 366 days.",
                schema: .string(.lines(0...256))),
        ])
    /// A green box for a day.
    public static let example = NewPublicPanel(
        sessionId: Sample.panelID.text, template: Sample.panelTemplate, args: Sample.panelArguments, expire: "1d")

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        sessionId = try object.required("session_id")
        template = try object.required("template")
        args = try object.optional("args")
        expire = try object.optional("expire")
    }
}

/// A session by its id.
public struct PanelName: Message {
    /// The session's id.
    public let sessionId: PanelID

    /// From its parts.
    public init(sessionId: PanelID) {
        self.sessionId = sessionId
    }

    /// Its words and its members.
    public static let shape = Shape<Self>("A session by its id.", [Field("session_id", \.sessionId, "The session's id.")])
    /// One session.
    public static let example = PanelName(sessionId: Sample.panelID)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        sessionId = try object.required("session_id")
    }
}
