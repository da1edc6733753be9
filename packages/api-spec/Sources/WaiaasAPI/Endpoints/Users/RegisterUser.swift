public import WaiaasCore

/// `POST /api/auth/register`: adds a user who asks for it themselves.
public enum RegisterUser: Operation {
    /// The request.
    public typealias Input = Registration
    /// The answer.
    public typealias Output = UserSummary
    /// The contract.
    public static let endpoint = describe(
        .post, "/api/auth/register", area: .users, authentication: .anyone, status: 201,
        problems: [.registrationClosed, .userExists, .passwordsBusy, .tooManyLogins], changes: true,
        summary: "Register",
        text: """
            Only where the operator has opened registration (`auth.registration = "open"`).
            """)
}

/// The request to register.
public struct Registration: Message {
    /// Who signs in.
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
        "A name and a password.",
        [
            Field("user_id", \.userId, "Who signs in."),
            Field("password", \.password, "The password.", schema: UserPassword.schema),
        ])
    /// A registration.
    public static let example = Registration(userId: Sample.userID, password: Sample.userPassword)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        userId = try object.required("user_id")
        password = try object.required("password")
    }
}
