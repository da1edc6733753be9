public import WaiaasCore

/// `POST /oauth2/introspect`: tells whether a token is good (RFC 7662).
public enum IntrospectToken: Operation {
    /// The request.
    public typealias Input = OAuthTokenQuestion
    /// The answer.
    public typealias Output = OAuthTokenFacts
    /// The contract.
    public static let endpoint = describe(
        .post, "/oauth2/introspect", area: .oauth, authentication: .oauthClient, refusals: .oauth,
        summary: "Introspect a token",
        text: """
            Takes user tokens, agent sessions and refresh tokens. Whatever is not good is `active: false`, for whatever reason.
            """)
}

/// Which token.
public struct OAuthTokenQuestion: FormMessage {
    /// The token.
    public let token: String
    /// What kind it may be.
    public let tokenTypeHint: String?
    /// The client, if it does not use HTTP Basic.
    public let clientId: String?
    /// Its secret.
    public let clientSecret: String?

    /// From its parts.
    public init(token: String, tokenTypeHint: String? = nil, clientId: String? = nil, clientSecret: String? = nil) {
        self.token = token
        self.tokenTypeHint = tokenTypeHint
        self.clientId = clientId
        self.clientSecret = clientSecret
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "Which token is meant.",
        [
            Field("token", \.token, "The token.", schema: .string(.text(1...4_096))),
            .optional("token_type_hint", \.tokenTypeHint, "Left aside: a token says of itself what it is.", schema: .string(.text(1...64))),
            .optional("client_id", \.clientId, "The client's id, if it does not use HTTP Basic.", schema: .string(.text(1...64))),
            .optional(
                "client_secret", \.clientSecret, "The client's secret, if it does not use HTTP Basic.", schema: .string(.text(1...128))),
        ])
    /// A token.
    public static let example = OAuthTokenQuestion(token: Sample.userToken)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        token = try object.required("token")
        tokenTypeHint = try object.optional("token_type_hint")
        clientId = try object.optional("client_id")
        clientSecret = try object.optional("client_secret")
    }
}

/// What there is to say of a token.
public struct OAuthTokenFacts: Message {
    /// Whether it is good.
    public let active: Bool
    /// What it is.
    public let tokenUse: String?
    /// The subject.
    public let sub: String?
    /// The client it was issued to.
    public let clientId: OAuthClient.ID?
    /// Who issued it.
    public let iss: String?
    /// For whom.
    public let aud: String?
    /// The login or the agent session.
    public let sid: String?
    /// Its id.
    public let jti: String?
    /// When it was issued.
    public let iat: Int64?
    /// When it ends.
    public let exp: Int64?

    /// From its parts.
    public init(
        active: Bool, tokenUse: String? = nil, sub: String? = nil, clientId: OAuthClient.ID? = nil, iss: String? = nil, aud: String? = nil,
        sid: String? = nil, jti: String? = nil, iat: Int64? = nil, exp: Int64? = nil
    ) {
        self.active = active
        self.tokenUse = tokenUse
        self.sub = sub
        self.clientId = clientId
        self.iss = iss
        self.aud = aud
        self.sid = sid
        self.jti = jti
        self.iat = iat
        self.exp = exp
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "What there is to say of a token (RFC 7662 section 2.2); only `active` for one that is not good.",
        [
            Field("active", \.active, "Whether it is good."),
            .optional("token_use", \.tokenUse, "`user`, `client`, `agent_session` or `refresh_token`.", schema: .string(.text(1...64))),
            .optional("sub", \.sub, "The user, the client, or the agent's id.", schema: .string(.text(1...64))),
            .optional("client_id", \.clientId, "The client it was issued to."),
            .optional("iss", \.iss, "Who issued it.", schema: .string(.text(1...1_024))),
            .optional("aud", \.aud, "For whom.", schema: .string(.text(1...1_024))),
            .optional("sid", \.sid, "The login or the agent session.", schema: .string(.identifier)),
            .optional("jti", \.jti, "Its id.", schema: .string(.text(1...64))),
            .optional("iat", \.iat, "When it was issued, in seconds since the epoch."),
            .optional("exp", \.exp, "When it ends, in seconds since the epoch."),
        ])
    /// A user's token.
    public static let example = OAuthTokenFacts(
        active: true, tokenUse: "user", sub: "ada", iss: "https://auth.example.org", aud: "waiaas", sid: Sample.familyID.description,
        iat: 1_795_256_130, exp: 1_795_257_030)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        active = try object.required("active")
        tokenUse = try object.optional("token_use")
        sub = try object.optional("sub")
        clientId = try object.optional("client_id")
        iss = try object.optional("iss")
        aud = try object.optional("aud")
        sid = try object.optional("sid")
        jti = try object.optional("jti")
        iat = try object.optional("iat")
        exp = try object.optional("exp")
    }
}
