public import WaiaasCore

/// The parameter of an endpoint about all sessions of a user.
public struct PanelOwnerPath: Message {
    /// Whose they are.
    public let userId: UserID

    /// From its parts.
    public init(userId: UserID) {
        self.userId = userId
    }

    /// Its words and its members.
    public static let shape = Shape<Self>("Whose sessions.", [Field("user_id", \.userId, "Whose they are.")])
    /// One user.
    public static let example = PanelOwnerPath(userId: Sample.userID)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        userId = try object.required("user_id")
    }
}

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
