/// The parameter of the page of a public panel. The page itself says whether there is such a panel.
public struct PublicPagePath: Message {
    /// The panel's id.
    public let sessionId: String

    /// From its parts.
    public init(sessionId: String) { self.sessionId = sessionId }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "Which public panel.", [Field("session_id", \.sessionId, "The panel's id.", schema: .string(.text(1...64)))])
    /// One panel.
    public static let example = PublicPagePath(sessionId: "dashboard")

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) { sessionId = try object.required("session_id") }
}

/// The parameters of the page of a user's panel.
public struct PagePath: Message {
    /// Whose it is.
    public let userId: String
    /// The panel's id.
    public let sessionId: String

    /// From its parts.
    public init(userId: String, sessionId: String) {
        self.userId = userId
        self.sessionId = sessionId
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "Which panel of whom.",
        [
            Field("user_id", \.userId, "Whose it is.", schema: .string(.text(1...64))),
            Field("session_id", \.sessionId, "The panel's id.", schema: .string(.text(1...64))),
        ])
    /// One panel.
    public static let example = PagePath(userId: "ada", sessionId: "dashboard")

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        userId = try object.required("user_id")
        sessionId = try object.required("session_id")
    }
}
