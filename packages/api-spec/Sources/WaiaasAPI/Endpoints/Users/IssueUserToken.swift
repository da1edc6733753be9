public import WaiaasCore

/// `POST /api/auth/token`: signs a user in.
public enum IssueUserToken: Operation {
    /// The request.
    public typealias Input = Login
    /// The answer.
    public typealias Output = UserGrant
    /// The contract.
    public static let endpoint = describe(
        .post, "/api/auth/token", area: .users, authentication: .anyone,
        problems: [.invalidCredentials, .userDisabled, .tooManyLogins, .passwordsBusy, .invalidClient], changes: true,
        summary: "Sign in",
        text: """
            Answers an access token that anyone can verify with the published keys, and a refresh token: as the cookie `waiaas_refresh`, in the body, or none. A program that names itself as an OAuth client is the only one that may refresh what it was given.
            """)
}

/// How a refresh token is handed over.
public enum RefreshDelivery: String, CaseIterable, TextFieldValue {
    /// As the cookie `waiaas_refresh`, which scripts cannot read.
    case cookie
    /// As `refresh_token` in the body, for programs.
    case body
    /// Not at all.
    case none
}

/// The request to sign in.
public struct Login: Message {
    /// Who signs in.
    public let userId: UserID
    /// The password.
    public let password: String
    /// How long the access token lives, in seconds.
    public let ttlSeconds: Int64?
    /// How the refresh token is handed over.
    public let refresh: RefreshDelivery?
    /// The program that signs the user in.
    public let clientId: OAuthClient.ID?
    /// The secret of the program.
    public let clientSecret: String?

    /// From its parts.
    public init(
        userId: UserID, password: String, ttlSeconds: Int64? = nil, refresh: RefreshDelivery? = nil, clientId: OAuthClient.ID? = nil,
        clientSecret: String? = nil
    ) {
        self.userId = userId
        self.password = password
        self.ttlSeconds = ttlSeconds
        self.refresh = refresh
        self.clientId = clientId
        self.clientSecret = clientSecret
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "A name and a password.",
        [
            Field("user_id", \.userId, "Who signs in."),
            Field("password", \.password, "The password.", schema: .string(.text(1...1_024))),
            .optional(
                "ttl_seconds", \.ttlSeconds, "How long the access token lives, in seconds; default 900.",
                schema: .integer(UserTokenLimits.lifeRange)),
            .optional("refresh", \.refresh, "How the refresh token is handed over; default `cookie`."),
            .optional("client_id", \.clientId, "The OAuth client that signs the user in: it alone may refresh."),
            .optional("client_secret", \.clientSecret, "The client's secret; with `client_id`.", schema: .string(.text(1...128))),
        ])
    /// A login of a program.
    public static let example = Login(userId: Sample.userID, password: Sample.userPassword, ttlSeconds: 900, refresh: .body)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        userId = try object.required("user_id")
        password = try object.required("password")
        ttlSeconds = try object.optional("ttl_seconds")
        refresh = try object.optional("refresh")
        clientId = try object.optional("client_id")
        clientSecret = try object.optional("client_secret")
    }
}

/// An access token, and how long it lives.
public struct UserGrant: Message {
    /// The access token: a JWT.
    public let token: String
    /// `Bearer`.
    public let tokenType: String
    /// How long it lives, in seconds.
    public let expiresIn: Int64
    /// The refresh token.
    public let refreshToken: String?

    /// From its parts.
    public init(token: String, tokenType: String, expiresIn: Int64, refreshToken: String? = nil) {
        self.token = token
        self.tokenType = tokenType
        self.expiresIn = expiresIn
        self.refreshToken = refreshToken
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "An access token.",
        [
            Field("token", \.token, "The access token: a JWT.", schema: .string(.text(16...4_096))),
            Field("token_type", \.tokenType, "`Bearer`.", schema: .string(.oneOf(["Bearer"]))),
            Field("expires_in", \.expiresIn, "How long it lives, in seconds."),
            .optional(
                "refresh_token", \.refreshToken, "The refresh token, where it was asked for in the body.", schema: .string(.text(16...128))),
        ])
    /// A token for a quarter of an hour.
    public static let example = UserGrant(token: Sample.userToken, tokenType: "Bearer", expiresIn: 900, refreshToken: Sample.refreshToken)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        token = try object.required("token")
        tokenType = try object.required("token_type")
        expiresIn = try object.required("expires_in")
        refreshToken = try object.optional("refresh_token")
    }
}
