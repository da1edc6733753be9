public import WaiaasCore

/// `PUT /v1/sessions/{id}/renew`: gives a session a new token.
public enum RenewSession: Operation {
    /// The path.
    public typealias Parameters = SessionPath
    /// The answer.
    public typealias Output = RenewedSession
    /// The contract.
    public static let endpoint = describe(
        .put, "/v1/sessions/{id}/renew", area: .sessions, authentication: .agentSession,
        problems: [
            .sessionRenewalMismatch, .renewalTooEarly, .renewalLimitReached, .sessionAbsoluteLifetimeExceeded, .sessionNotFound, .forbidden,
        ], changes: true, summary: "Renew a session",
        text: """
            For the session's own token, after half of its lifetime. The earlier token goes on working for 60 seconds, and renewing with \
            it again answers the same new token. After a rotation of the secret a token of the previous secret may be renewed at any time \
            of its 5-minute window, at no cost.
            """)
}

/// A session with its new token.
public struct RenewedSession: Message {
    /// Its id.
    public let sessionId: SessionID
    /// The new token.
    public let token: String
    /// When it ends.
    public let expiresAt: WallTime
    /// How many renewals were used.
    public let renewalCount: Int64
    /// How many there are.
    public let maxRenewals: Int64
    /// The end that no renewal moves.
    public let absoluteExpiresAt: WallTime

    /// An answer from its parts.
    public init(
        sessionId: SessionID, token: String, expiresAt: WallTime, renewalCount: Int64, maxRenewals: Int64, absoluteExpiresAt: WallTime
    ) {
        self.sessionId = sessionId
        self.token = token
        self.expiresAt = expiresAt
        self.renewalCount = renewalCount
        self.maxRenewals = maxRenewals
        self.absoluteExpiresAt = absoluteExpiresAt
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "A session that was renewed, with its new token.",
        [
            Field("sessionId", \.sessionId, "The session's id."),
            Field("token", \.token, "The new token.", schema: IssuedSession.tokenSchema),
            Field("expiresAt", \.expiresAt, "When it ends."),
            Field("renewalCount", \.renewalCount, "How many renewals were used."),
            Field("maxRenewals", \.maxRenewals, "How many renewals there are."),
            Field("absoluteExpiresAt", \.absoluteExpiresAt, "The end that no renewal moves."),
        ])
    /// A first renewal.
    public static let example = RenewedSession(
        sessionId: Sample.sessionID, token: Sample.token, expiresAt: Sample.tomorrow, renewalCount: 1, maxRenewals: 30,
        absoluteExpiresAt: Sample.nextMonth)

    /// Reads an answer.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        sessionId = try object.required("sessionId")
        token = try object.required("token")
        expiresAt = try object.required("expiresAt")
        renewalCount = try object.required("renewalCount")
        maxRenewals = try object.required("maxRenewals")
        absoluteExpiresAt = try object.required("absoluteExpiresAt")
    }
}
