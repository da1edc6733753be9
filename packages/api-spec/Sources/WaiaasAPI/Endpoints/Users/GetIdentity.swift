public import WaiaasCore

/// `GET /api/auth/me`: tells who the bearer of a token is.
public enum GetIdentity: Operation {
    /// The answer.
    public typealias Output = BearerIdentity
    /// The contract.
    public static let endpoint = describe(
        .get, "/api/auth/me", area: .users, authentication: .bearer,
        summary: "Tell whose token this is",
        text: """
            200 with `X-Waiaas-Subject` and `X-Waiaas-Kind` (user, client or agent), or 401: what a proxy's `auth_request` needs. Takes user tokens and agent sessions. Reads memory only.
            """)
}

/// What kind of token it is.
public enum BearerKind: String, CaseIterable, TextFieldValue {
    /// A user's.
    case user
    /// An OAuth client's own.
    case client
    /// An agent session's.
    case agent
}

/// Whose token it is.
public struct BearerIdentity: Message {
    /// The user, the client, or the agent's id.
    public let subject: String
    /// What kind of token it is.
    public let kind: BearerKind
    /// The login or the agent session.
    public let sessionId: String?
    /// The OAuth client it was issued to.
    public let clientId: OAuthClient.ID?
    /// When the token ends.
    public let expiresAt: WallTime

    /// From its parts.
    public init(subject: String, kind: BearerKind, sessionId: String? = nil, clientId: OAuthClient.ID? = nil, expiresAt: WallTime) {
        self.subject = subject
        self.kind = kind
        self.sessionId = sessionId
        self.clientId = clientId
        self.expiresAt = expiresAt
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "Whose token it is.",
        [
            Field("subject", \.subject, "The user, the client, or the agent's id.", schema: .string(.text(1...64))),
            Field("kind", \.kind, "What kind of token it is."),
            .optional(
                "sessionId", \.sessionId, "The login (`sid`) or the agent session; absent for a token without one.",
                schema: .string(.identifier)),
            .optional("clientId", \.clientId, "The OAuth client it was issued to."),
            Field("expiresAt", \.expiresAt, "When the token ends."),
        ])
    /// A user's token.
    public static let example = BearerIdentity(subject: "ada", kind: .user, sessionId: Sample.familyID.description, expiresAt: Sample.later)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        subject = try object.required("subject")
        kind = try object.required("kind")
        sessionId = try object.optional("sessionId")
        clientId = try object.optional("clientId")
        expiresAt = try object.required("expiresAt")
    }
}
