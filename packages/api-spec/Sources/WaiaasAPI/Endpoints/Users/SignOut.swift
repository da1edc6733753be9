import WaiaasCore

/// `POST /api/auth/logout`: ends a login.
public enum SignOut: Operation {
    /// The path or the query.
    public typealias Parameters = SignOutChoice
    /// The answer.
    public typealias Output = NoContent
    /// The contract.
    public static let endpoint = describe(
        .post, "/api/auth/logout", area: .users, authentication: .refreshCookie, status: 204, problems: [.refreshTooOften],
        changes: true,
        summary: "Sign out",
        text: """
            Ends the login of the cookie, or with `everywhere` all logins of its user, and clears the cookie. Access tokens of ended logins are refused here at once.
            """)
}

/// Which logins to end.
public struct SignOutChoice: Message {
    /// Whether all logins of the user end.
    public let everywhere: Bool?

    /// From its parts.
    public init(everywhere: Bool? = nil) {
        self.everywhere = everywhere
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "Which logins to end.",
        [
            .optional("everywhere", \.everywhere, "End all logins of the user. Default false.")
        ])
    /// All of them.
    public static let example = SignOutChoice(everywhere: true)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        everywhere = try object.optional("everywhere")
    }
}
