import WaiaasCore

/// `PATCH /v1/users/{userId}`: gives a user a new password, disables one, or lets one in again.
public enum UpdateUser: Operation {
    /// The path or the query.
    public typealias Parameters = UserPath
    /// The request.
    public typealias Input = UserChange
    /// The answer.
    public typealias Output = UserSummary
    /// The contract.
    public static let endpoint = describe(
        .patch, "/v1/users/{userId}", area: .users, authentication: .operator, problems: [.userNotFound, .passwordsBusy], changes: true,
        summary: "Change a user",
        text: """
            A new password or a disabling ends all logins of the user and refuses every token issued before.
            """)
}

/// What a user becomes.
public struct UserChange: Message {
    /// A new password.
    public let password: String?
    /// What the status becomes.
    public let status: UserStatusName?

    /// From its parts.
    public init(password: String? = nil, status: UserStatusName? = nil) {
        self.password = password
        self.status = status
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "What changes about a user.", exactlyOneOf: ["password", "status"],
        [
            .optional("password", \.password, "A new password.", schema: UserPassword.schema),
            .optional("status", \.status, "DISABLED or ACTIVE."),
        ])
    /// A user is disabled.
    public static let example = UserChange(status: .disabled)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        password = try object.optional("password")
        status = try object.optional("status")
    }
}
