public import WaiaasCore

/// `POST /v1/users`: adds a user.
public enum CreateUser: Operation {
    /// The request.
    public typealias Input = NewUser
    /// The answer.
    public typealias Output = UserSummary
    /// The contract.
    public static let endpoint = describe(
        .post, "/v1/users", area: .users, authentication: .operator, status: 201, problems: [.userExists, .passwordsBusy], changes: true,
        summary: "Add a user",
        text: """
            The user signs in with this password (`POST /api/auth/token`).
            """)
}

/// The request to add a user.
public struct NewUser: Message {
    /// The user's name.
    public let userId: UserID
    /// The password.
    public let password: String

    /// From its parts.
    public init(userId: UserID, password: String) {
        self.userId = userId
        self.password = password
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "A user to be added.",
        [
            Field("userId", \.userId, "The user's name."),
            Field("password", \.password, "The password; its hash is kept, nothing else.", schema: UserPassword.schema),
        ])
    /// A user.
    public static let example = NewUser(userId: Sample.userID, password: Sample.userPassword)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        userId = try object.required("userId")
        password = try object.required("password")
    }
}

/// What a user's password may be.
public enum UserPassword {
    /// 8 to 1,024 characters without control characters.
    public static let schema = Schema.string(.text(8...1_024))
}
