import WaiaasCore

/// `POST /oauth2/token`: the token endpoint (RFC 6749 section 3.2).
public enum IssueOAuthToken: Operation {
    /// The request.
    public typealias Input = OAuthTokenRequest
    /// The answer.
    public typealias Output = OAuthGrant
    /// The contract.
    public static let endpoint = describe(
        .post, "/oauth2/token", area: .oauth, authentication: .oauthClientOrNobody,
        problems: [.invalidGrant, .unauthorizedClient, .unsupportedGrantType, .refreshTooOften], changes: true, refusals: .oauth,
        summary: "Get a token",
        text: """
            Grants: `refresh_token` (a refresh token born at `/api/auth/token` without a client needs none here) and `client_credentials`. There is no password grant.
            """)
}

/// The request for a token.
public struct OAuthTokenRequest: FormMessage {
    /// The grant.
    public let grantType: String
    /// The refresh token.
    public let refreshToken: String?
    /// Asked for, and left aside.
    public let scope: String?
    /// The client, if it does not use HTTP Basic.
    public let clientId: String?
    /// Its secret.
    public let clientSecret: String?

    /// From its parts.
    public init(grantType: String, refreshToken: String? = nil, scope: String? = nil, clientId: String? = nil, clientSecret: String? = nil)
    {
        self.grantType = grantType
        self.refreshToken = refreshToken
        self.scope = scope
        self.clientId = clientId
        self.clientSecret = clientSecret
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "A grant.",
        [
            Field("grant_type", \.grantType, "`refresh_token` or `client_credentials`.", schema: .string(.text(1...64))),
            .optional("refresh_token", \.refreshToken, "The refresh token.", schema: .string(.text(1...128))),
            .optional("scope", \.scope, "Left aside: tokens here have no scopes.", schema: .string(.text(1...1_024))),
            .optional("client_id", \.clientId, "The client's id, if it does not use HTTP Basic.", schema: .string(.text(1...64))),
            .optional(
                "client_secret", \.clientSecret, "The client's secret, if it does not use HTTP Basic.", schema: .string(.text(1...128))),
        ])
    /// A refresh.
    public static let example = OAuthTokenRequest(grantType: "refresh_token", refreshToken: Sample.refreshToken)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        grantType = try object.required("grant_type")
        refreshToken = try object.optional("refresh_token")
        scope = try object.optional("scope")
        clientId = try object.optional("client_id")
        clientSecret = try object.optional("client_secret")
    }
}

/// A token.
public struct OAuthGrant: Message {
    /// The access token: a JWT.
    public let accessToken: String
    /// `Bearer`.
    public let tokenType: String
    /// How long it lives, in seconds.
    public let expiresIn: Int64
    /// The next refresh token.
    public let refreshToken: String?

    /// From its parts.
    public init(accessToken: String, tokenType: String, expiresIn: Int64, refreshToken: String? = nil) {
        self.accessToken = accessToken
        self.tokenType = tokenType
        self.expiresIn = expiresIn
        self.refreshToken = refreshToken
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "A token (RFC 6749 section 5.1).",
        [
            Field("access_token", \.accessToken, "The access token: a JWT.", schema: .string(.text(16...4_096))),
            Field("token_type", \.tokenType, "`Bearer`.", schema: .string(.oneOf(["Bearer"]))),
            Field("expires_in", \.expiresIn, "How long it lives, in seconds."),
            .optional("refresh_token", \.refreshToken, "The next refresh token.", schema: .string(.text(16...128))),
        ])
    /// A token for a quarter of an hour.
    public static let example = OAuthGrant(
        accessToken: Sample.userToken, tokenType: "Bearer", expiresIn: 900, refreshToken: Sample.refreshToken)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        accessToken = try object.required("access_token")
        tokenType = try object.required("token_type")
        expiresIn = try object.required("expires_in")
        refreshToken = try object.optional("refresh_token")
    }
}
