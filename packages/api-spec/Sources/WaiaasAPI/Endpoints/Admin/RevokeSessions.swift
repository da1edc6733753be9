public import WaiaasCore

/// `POST /v1/admin/revoke-sessions`: ends all sessions, or all of one agent.
public enum RevokeSessions: Operation {
    /// The request.
    public typealias Input = SessionsToRevoke
    /// The answer.
    public typealias Output = RevokedSessions
    /// The contract.
    public static let endpoint = describe(
        .post, "/v1/admin/revoke-sessions", area: .admin, authentication: .operator, problems: [.agentNotFound], changes: true,
        summary: "Revoke all sessions, or all of one agent", text: "An empty object revokes every session of every agent.")
}

/// Which sessions to revoke.
public struct SessionsToRevoke: Message {
    /// Only those of this agent.
    public let agentId: AgentID?

    /// All sessions, or those of one agent.
    public init(agentId: AgentID? = nil) { self.agentId = agentId }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "Which sessions to revoke.", [.optional("agentId", \.agentId, "Only the sessions of this agent.")])
    /// Those of one agent.
    public static let example = SessionsToRevoke(agentId: Sample.agentID)

    /// Reads a request.
    public init(reading object: ObjectReader) throws(UnreadableField) { agentId = try object.optional("agentId") }
}

/// How many sessions were revoked.
public struct RevokedSessions: Message {
    /// How many.
    public let revoked: Int64

    /// A count.
    public init(revoked: Int64) { self.revoked = revoked }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "How many sessions were revoked.", [Field("revoked", \.revoked, "How many; those already over are not counted.")])
    /// Some.
    public static let example = RevokedSessions(revoked: 4)

    /// Reads an answer.
    public init(reading object: ObjectReader) throws(UnreadableField) { revoked = try object.required("revoked") }
}
