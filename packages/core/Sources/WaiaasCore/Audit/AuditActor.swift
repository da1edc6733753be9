/// Who did something that is recorded.
public enum AuditActor: Hashable, Sendable, CustomStringConvertible {
    /// Who holds the master password.
    case `operator`
    /// An agent, by its session's token.
    case agent(AgentID)
    /// A user, by a password, a token or a login.
    case user(UserID)
    /// An OAuth client, by its secret.
    case client(OAuthClient.ID)
    /// The daemon itself.
    case system
    /// A command that works on the data directory while no daemon runs.
    case commandLine
    /// Somebody without valid credentials, by address.
    case unknown(address: String)

    /// How the record spells it.
    public var description: String {
        switch self {
        case .operator: "operator"
        case .agent(let id): "agent:\(id)"
        case .user(let id): "user:\(id)"
        case .client(let id): "client:\(id)"
        case .system: "system"
        case .commandLine: "cli"
        case .unknown(let address): "unknown:\(address)"
        }
    }
}
