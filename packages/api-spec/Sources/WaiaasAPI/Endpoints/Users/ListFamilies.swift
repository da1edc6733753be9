public import WaiaasCore

/// `GET /api/auth/families`: lists the logins of the user whose cookie it is.
public enum ListFamilies: Operation {
    /// The answer.
    public typealias Output = FamilyList
    /// The contract.
    public static let endpoint = describe(
        .get, "/api/auth/families", area: .users, authentication: .refreshCookie, problems: [.refreshTokenExpired],
        summary: "List one's own logins",
        text: """
            A login is the family of refresh tokens that it began.
            """)
}

/// A login as its owner sees it.
public struct FamilySummary: Message {
    /// Its id: the `sid` of its access tokens.
    public let id: FamilyID
    /// The OAuth client that signed in for the user.
    public let clientId: OAuthClient.ID?
    /// Whether it is the one that asks.
    public let current: Bool
    /// When it began.
    public let createdAt: WallTime
    /// When it was last refreshed.
    public let lastUsedAt: WallTime
    /// When it ends whatever happens.
    public let expiresAt: WallTime

    /// From its parts.
    public init(
        id: FamilyID, clientId: OAuthClient.ID? = nil, current: Bool, createdAt: WallTime, lastUsedAt: WallTime, expiresAt: WallTime
    ) {
        self.id = id
        self.clientId = clientId
        self.current = current
        self.createdAt = createdAt
        self.lastUsedAt = lastUsedAt
        self.expiresAt = expiresAt
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "A login: the family of refresh tokens that it began.",
        [
            Field("id", \.id, "Its id: the `sid` of its access tokens."),
            .optional("client_id", \.clientId, "The OAuth client that signed in for the user."),
            Field("current", \.current, "Whether it is the one that asks."),
            Field("created_at", \.createdAt, "When it began."),
            Field("last_used_at", \.lastUsedAt, "When it was last refreshed."),
            Field("expires_at", \.expiresAt, "When it ends whatever happens."),
        ])
    /// A login.
    public static let example = FamilySummary(
        id: Sample.familyID, current: true, createdAt: Sample.time, lastUsedAt: Sample.later, expiresAt: Sample.nextMonth)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        id = try object.required("id")
        clientId = try object.optional("client_id")
        current = try object.required("current")
        createdAt = try object.required("created_at")
        lastUsedAt = try object.required("last_used_at")
        expiresAt = try object.required("expires_at")
    }
}

/// The logins of a user.
public struct FamilyList: Message {
    /// The logins.
    public let families: [FamilySummary]

    /// From its parts.
    public init(families: [FamilySummary]) {
        self.families = families
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "The logins of a user, the oldest first.",
        [
            Field("families", \.families, "The logins.", schema: .array(of: FamilySummary.schema, count: 0...1_000))
        ])
    /// One login.
    public static let example = FamilyList(families: [.example])

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        families = try object.required("families")
    }
}
