public import WaiaasCore

/// `DELETE /v1/sessions/{id}`: ends a session at once.
public enum RevokeSession: Operation {
    /// The path.
    public typealias Parameters = SessionPath
    /// The answer.
    public typealias Output = RevokedSession
    /// The contract.
    public static let endpoint = describe(
        .delete, "/v1/sessions/{id}", area: .sessions, authentication: .agentSessionOrOperator,
        problems: [.sessionNotFound, .sessionAlreadyRevoked, .forbidden], changes: true, summary: "Revoke a session",
        text: "The operator may revoke any session, a session itself. The token is refused from the answer on.")
}

/// A session that was revoked.
public struct RevokedSession: Message {
    /// Always true.
    public let revoked: Bool
    /// Its id.
    public let sessionId: SessionID
    /// When.
    public let revokedAt: WallTime

    /// An answer.
    public init(sessionId: SessionID, revokedAt: WallTime) {
        revoked = true
        self.sessionId = sessionId
        self.revokedAt = revokedAt
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "A session that was revoked.",
        [
            Field("revoked", \.revoked, "Always true."),
            Field("sessionId", \.sessionId, "The session."),
            Field("revokedAt", \.revokedAt, "When it was revoked."),
        ])
    /// One session.
    public static let example = RevokedSession(sessionId: Sample.sessionID, revokedAt: Sample.later)

    /// Reads an answer.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        revoked = try object.required("revoked")
        sessionId = try object.required("sessionId")
        revokedAt = try object.required("revokedAt")
    }
}
