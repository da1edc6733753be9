/// Who did something that is recorded.
public enum AuditActor: Hashable, Sendable, CustomStringConvertible {
    /// Who holds the master password.
    case `operator`
    /// An agent, by its session's token.
    case agent(AgentID)
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
        case .system: "system"
        case .commandLine: "cli"
        case .unknown(let address): "unknown:\(address)"
        }
    }
}
