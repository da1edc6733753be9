public import WaiaasCore

/// A session by its owner and its id: in the path of a request, and in the answer to its making.
public struct OwnedPanelName: Message {
    /// Whose it is.
    public let userId: UserID
    /// The session's id.
    public let sessionId: PanelID

    /// From its parts.
    public init(userId: UserID, sessionId: PanelID) {
        self.userId = userId
        self.sessionId = sessionId
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "A session by its owner and its id.",
        [
            Field("user_id", \.userId, "Whose it is."),
            Field("session_id", \.sessionId, "The session's id."),
        ])
    /// One session.
    public static let example = OwnedPanelName(userId: Sample.userID, sessionId: Sample.panelID)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        userId = try object.required("user_id")
        sessionId = try object.required("session_id")
    }
}
