public import WaiaasCore

/// `GET /v1/sessions/self`: verifies a token. The hot path: no store is read.
public enum GetOwnSession: Operation {
    /// The answer.
    public typealias Output = OwnSession
    /// The contract.
    public static let endpoint = describe(
        .get, "/v1/sessions/self", area: .sessions, authentication: .agentSession, summary: "Verify a token",
        text: "Answers 200 for a token that is good, and says which session it stands for. Reads memory only.")
}

/// Which of the two secrets signed a token.
public enum KeyRole: String, CaseIterable, TextFieldValue {
    /// The one that signs now.
    case current
    /// The one before, in its window: renew soon.
    case previous
}

/// What a token stands for.
public struct OwnSession: Message {
    /// Its session.
    public let sessionId: SessionID
    /// Whose it is.
    public let agentId: AgentID
    /// When it ends.
    public let expiresAt: WallTime
    /// Which secret signed it.
    public let key: KeyRole
    /// The public name of that secret.
    public let kid: KeyID

    /// An answer from its parts.
    public init(sessionId: SessionID, agentId: AgentID, expiresAt: WallTime, key: KeyRole, kid: KeyID) {
        self.sessionId = sessionId
        self.agentId = agentId
        self.expiresAt = expiresAt
        self.key = key
        self.kid = kid
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "What a good token stands for.",
        [
            Field("sessionId", \.sessionId, "The session."),
            Field("agentId", \.agentId, "Whose it is."),
            Field("expiresAt", \.expiresAt, "When the token ends."),
            Field("key", \.key, "Which secret signed it; `previous` means: renew before its window ends."),
            Field("kid", \.kid, "The public name of that secret."),
        ])
    /// A token of the current secret.
    public static let example = OwnSession(
        sessionId: Sample.sessionID, agentId: Sample.agentID, expiresAt: Sample.tomorrow, key: .current, kid: Sample.kid)

    /// Reads an answer.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        sessionId = try object.required("sessionId")
        agentId = try object.required("agentId")
        expiresAt = try object.required("expiresAt")
        key = try object.required("key")
        kid = try object.required("kid")
    }
}
