/// Something that happened and is recorded, before it has its place in the chain.
public struct AuditEvent: Equatable, Sendable {
    /// What happened.
    public let name: AuditEventName
    /// Who did it.
    public let actor: AuditActor
    /// Which agent it was about.
    public let agentID: AgentID?
    /// Which session it was about.
    public let sessionID: SessionID?
    /// The request it came with.
    public let requestID: String?
    /// More, by name; never a secret or a token.
    public let details: [AuditDetail]

    /// An event.
    public init(
        _ name: AuditEventName, by actor: AuditActor, agentID: AgentID? = nil, sessionID: SessionID? = nil, requestID: String? = nil,
        details: [AuditDetail] = []
    ) {
        self.name = name
        self.actor = actor
        self.agentID = agentID
        self.sessionID = sessionID
        self.requestID = requestID
        self.details = details
    }
}

/// One named fact of an event.
public struct AuditDetail: Equatable, Sendable {
    /// Its name.
    public let name: String
    /// Its value.
    public let value: Value

    /// The kinds of values.
    public enum Value: Equatable, Sendable {
        /// Text.
        case text(String)
        /// A whole number.
        case number(Int64)
    }

    /// A fact of text.
    public init(_ name: String, _ text: String) {
        self.name = name
        value = .text(text)
    }

    /// A fact of a number.
    public init(_ name: String, _ number: Int64) {
        self.name = name
        value = .number(number)
    }
}
