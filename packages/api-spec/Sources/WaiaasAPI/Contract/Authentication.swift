public import WaiaasCore

/// Who may call an endpoint: the left column of the table in design 2.3.
///
/// There is no default, so an endpoint that says nothing does not compile.
public enum Authentication: CaseIterable, Hashable, Sendable {
    /// No credential is asked for.
    case anyone
    /// The token of an agent session; acts on that session only.
    case agentSession
    /// The operator for any session, or the token of the session itself.
    case agentSessionOrOperator
    /// The operator, or the token of `metrics.token_file`.
    case metricsReader
    /// The operator: `X-Master-Password`, over the operator's socket or, where it is allowed, TCP.
    case `operator`

    /// Whether a session's token opens it.
    public var acceptsAgentSession: Bool { self == .agentSession || self == .agentSessionOrOperator }

    /// Whether the master password opens it.
    public var acceptsOperator: Bool { self == .operator || self == .agentSessionOrOperator || self == .metricsReader }

    /// What the check of the credential may answer.
    public var problems: [ProblemCode] {
        let session: [ProblemCode] = [.invalidToken, .tokenExpired, .sessionRevoked, .callerSuspended]
        let `operator`: [ProblemCode] = [
            .masterPasswordRequired, .invalidMasterPassword, .operatorSocketOnly, .masterPasswordLocked, .masterPasswordBusy,
        ]
        return switch self {
        case .anyone: []
        case .agentSession: session
        case .agentSessionOrOperator: session + `operator`
        case .metricsReader: [.invalidToken] + `operator`
        case .operator: `operator`
        }
    }
}
