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
    /// A user's token; `user_id` in the path must be that user, or it is 403 before anything else of the request is looked at.
    case userToken
    /// A user's token or an agent session's: whoever bears one is told about it.
    case bearer
    /// The cookie `waiaas_refresh` from a page of our own or from a program (design 2.5).
    case refreshCookie
    /// An OAuth client's id and secret.
    case oauthClient
    /// An OAuth client, or nobody: then the token in the form is the credential.
    case oauthClientOrNobody
    /// An event consumer with the role `sign`, or the operator.
    case eventSignerOrOperator
    /// An event consumer with the role `verify`, or the operator.
    case eventVerifierOrOperator
    /// An event consumer with the role `keys`.
    case eventKeyHolder

    /// Whether a session's token opens it.
    public var acceptsAgentSession: Bool { self == .agentSession || self == .agentSessionOrOperator || self == .bearer }

    /// Whether a user's token opens it.
    public var acceptsUserToken: Bool { self == .userToken || self == .bearer }

    /// Whether a client's id and secret open it.
    public var acceptsOAuthClient: Bool { self == .oauthClient || self == .oauthClientOrNobody }

    /// Whether the master password opens it.
    public var acceptsOperator: Bool {
        switch self {
        case .operator, .agentSessionOrOperator, .metricsReader, .eventSignerOrOperator, .eventVerifierOrOperator: true
        case .anyone, .agentSession, .userToken, .bearer, .refreshCookie, .oauthClient, .oauthClientOrNobody, .eventKeyHolder: false
        }
    }

    /// The role that lets an event consumer in; nil where none does.
    public var eventRole: EventRole? {
        switch self {
        case .eventSignerOrOperator: .sign
        case .eventVerifierOrOperator: .verify
        case .eventKeyHolder: .keys
        default: nil
        }
    }

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
        case .userToken: [.invalidToken, .tokenExpired, .forbidden]
        case .bearer: session
        case .refreshCookie: [.invalidRefreshToken, .csrfRefused]
        case .oauthClient, .oauthClientOrNobody: [.invalidClient]
        case .eventSignerOrOperator, .eventVerifierOrOperator: [.invalidToken, .eventRoleMissing] + `operator`
        case .eventKeyHolder: [.invalidToken, .eventRoleMissing]
        }
    }
}
