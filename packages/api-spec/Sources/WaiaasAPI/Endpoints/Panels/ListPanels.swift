public import WaiaasCore

/// `GET /api/user/{user_id}/sessions`: lists the sessions with a picture of a user.
public enum ListPanels: Operation {
    /// The path or the query.
    public typealias Parameters = PanelOwnerPath
    /// The answer.
    public typealias Output = PanelList
    /// The contract.
    public static let endpoint = describe(
        .get, "/api/user/{user_id}/sessions", area: .panels, authentication: .userToken,
        summary: "List one's own sessions with a picture",
        text: """
            All of them, by id: a user has at most `user_sessions.per_user`.
            """)
}

/// A session in a list.
public struct PanelSummary: Message {
    /// The session's id.
    public let sessionId: PanelID
    /// When it was made.
    public let createdAt: WallTime
    /// How long it still lives, in seconds.
    public let ttl: Int64

    /// From its parts.
    public init(sessionId: PanelID, createdAt: WallTime, ttl: Int64) {
        self.sessionId = sessionId
        self.createdAt = createdAt
        self.ttl = ttl
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "A session with a picture in a list.",
        [
            Field("session_id", \.sessionId, "The session's id."),
            Field("created_at", \.createdAt, "When it was made."),
            Field("ttl", \.ttl, "How long it still lives, in seconds, rounded up."),
        ])
    /// One that has half an hour left.
    public static let example = PanelSummary(sessionId: Sample.panelID, createdAt: Sample.time, ttl: 1_800)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        sessionId = try object.required("session_id")
        createdAt = try object.required("created_at")
        ttl = try object.required("ttl")
    }
}

/// The sessions of a user.
public struct PanelList: Message {
    /// The sessions.
    public let sessions: [PanelSummary]

    /// From its parts.
    public init(sessions: [PanelSummary]) {
        self.sessions = sessions
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "The sessions with a picture of a user, by id.",
        [Field("sessions", \.sessions, "The sessions.", schema: .array(of: PanelSummary.schema, count: 0...10_000))])
    /// One session.
    public static let example = PanelList(sessions: [.example])

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        sessions = try object.required("sessions")
    }
}
