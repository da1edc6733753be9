public import WaiaasCore

/// The parameter of an endpoint about one public session.
public struct PublicPanelPath: Message {
    /// The session's id.
    public let sessionId: PanelID

    /// From its parts.
    public init(sessionId: PanelID) {
        self.sessionId = sessionId
    }

    /// Its words and its members.
    public static let shape = Shape<Self>("Which public session.", [Field("session_id", \.sessionId, "The session's id.")])
    /// One session.
    public static let example = PublicPanelPath(sessionId: Sample.panelID)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        sessionId = try object.required("session_id")
    }
}
