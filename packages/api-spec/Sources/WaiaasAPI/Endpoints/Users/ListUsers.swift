public import WaiaasCore

/// `GET /v1/users`: lists users, page by page.
public enum ListUsers: Operation {
    /// The path or the query.
    public typealias Parameters = UserQuery
    /// The answer.
    public typealias Output = UserPage
    /// The contract.
    public static let endpoint = describe(
        .get, "/v1/users", area: .users, authentication: .operator,
        summary: "List users",
        text: """
            By name. Pass `nextCursor` as `cursor` to go on.
            """)
}

/// Which users to list.
public struct UserQuery: Message {
    /// How many at most.
    public let limit: Int64?
    /// Where to go on.
    public let cursor: UserID?

    /// From its parts.
    public init(limit: Int64? = nil, cursor: UserID? = nil) {
        self.limit = limit
        self.cursor = cursor
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "Which users to list.",
        [
            .optional("limit", \.limit, "How many at most; default 20.", schema: .integer(1...100)),
            .optional("cursor", \.cursor, "The `nextCursor` of the page before."),
        ])
    /// A page of ten.
    public static let example = UserQuery(limit: 10, cursor: Sample.userID)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        limit = try object.optional("limit")
        cursor = try object.optional("cursor")
    }
}

/// One page of users.
public struct UserPage: Message {
    /// The users.
    public let users: [UserSummary]
    /// Where the next page goes on.
    public let nextCursor: UserID?

    /// From its parts.
    public init(users: [UserSummary], nextCursor: UserID? = nil) {
        self.users = users
        self.nextCursor = nextCursor
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "One page of users.",
        [
            Field("users", \.users, "The users.", schema: .array(of: UserSummary.schema, count: 0...100)),
            .optional("nextCursor", \.nextCursor, "Where the next page goes on; absent at the end."),
        ])
    /// A page of one.
    public static let example = UserPage(users: [.example], nextCursor: Sample.userID)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        users = try object.required("users")
        nextCursor = try object.optional("nextCursor")
    }
}
