/// Whether an agent may be given sessions and use them.
public enum AgentStatus: Equatable, Sendable {
    /// It may.
    case active
    /// It may not, since this time and for this reason; its sessions are refused until it is resumed.
    case suspended(since: WallTime, reason: String?)

    /// Whether the agent is suspended.
    public var isSuspended: Bool {
        if case .suspended = self { true } else { false }
    }
}
