public import WaiaasCore

/// `GET /stream/{user_id}/{session_id}`: the picture of a user's session, live.
public enum WatchPanel: Operation {
    /// The path and the query.
    public typealias Parameters = PanelStream
    /// The answer.
    public typealias Output = StreamBytes
    /// The contract.
    public static let endpoint = describe(
        .get, "/stream/{user_id}/{session_id}", area: .panels, authentication: .anyone, reading: .lenient,
        problems: [.panelNotFound, .templateRefused, .renderingBusy, .tooManyStreams], summary: "Watch a session's picture",
        text: WatchPublicPanel.explanation)
}

/// Which picture of whom, and how it is to be sent.
public struct PanelStream: Message {
    /// Whose it is.
    public let userId: UserID
    /// The session's id.
    public let sessionId: PanelID
    /// How it is to be sent.
    public let stream: StreamParameters

    /// From its parts.
    public init(userId: UserID, sessionId: PanelID, stream: StreamParameters = StreamParameters()) {
        self.userId = userId
        self.sessionId = sessionId
        self.stream = stream
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "Which picture of whom.",
        [
            Field("user_id", \.userId, "Whose it is."),
            Field("session_id", \.sessionId, "The session's id."),
        ] + StreamParameters.fields(of: \.stream))
    /// One picture.
    public static let example = PanelStream(userId: Sample.userID, sessionId: Sample.panelID, stream: .example)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        userId = try object.required("user_id")
        sessionId = try object.required("session_id")
        stream = try StreamParameters(reading: object)
    }
}
