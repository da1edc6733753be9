import WaiaasCore

/// `GET /v1/users/{userId}`: shows a user.
public enum GetUser: Operation {
    /// The path or the query.
    public typealias Parameters = UserPath
    /// The answer.
    public typealias Output = UserSummary
    /// The contract.
    public static let endpoint = describe(
        .get, "/v1/users/{userId}", area: .users, authentication: .operator, problems: [.userNotFound],
        summary: "Show a user",
        text: """
            Shows whether they may sign in, and since when they may not.
            """)
}
