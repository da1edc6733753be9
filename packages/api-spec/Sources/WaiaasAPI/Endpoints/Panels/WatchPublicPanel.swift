public import WaiaasCore

/// `GET /stream/{session_id}`: the picture of a public session, live.
public enum WatchPublicPanel: Operation {
    /// The path and the query.
    public typealias Parameters = PublicPanelStream
    /// The answer.
    public typealias Output = StreamBytes
    /// The contract.
    public static let endpoint = describe(
        .get, "/stream/{session_id}", area: .panels, authentication: .anyone, reading: .lenient,
        problems: [.panelNotFound, .templateRefused, .renderingBusy, .publicSessionsClosed, .tooManyStreams], refusals: .withError,
        isOpenToAllOrigins: true, summary: "Watch a public session's picture", text: explanation)

    static let explanation = """
        An endless answer that an `<img>` of any page shows: a part of `multipart/x-mixed-replace` for each change, the newest first. A slow viewer skips frames and never sees an old one after a new one. With `Accept: text/event-stream` each frame is an event whose data is the SVG; the event `end` says that the session has ended. A person who opens the address in a browser is sent to its page (307). The stream ends with its session, and when the daemon stops; whoever takes nothing for 30 seconds is cut off.
        """
}

/// Which public picture, and how it is to be sent.
public struct PublicPanelStream: Message {
    /// The session's id.
    public let sessionId: PanelID
    /// How it is to be sent.
    public let stream: StreamParameters

    /// From its parts.
    public init(sessionId: PanelID, stream: StreamParameters = StreamParameters()) {
        self.sessionId = sessionId
        self.stream = stream
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "Which public picture.",
        [Field("session_id", \.sessionId, "The session's id.")] + StreamParameters.fields(of: \.stream))
    /// One picture.
    public static let example = PublicPanelStream(sessionId: Sample.panelID, stream: .example)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        sessionId = try object.required("session_id")
        stream = try StreamParameters(reading: object)
    }
}
