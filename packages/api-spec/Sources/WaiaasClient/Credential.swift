public import WaiaasTransport

/// Who is calling. It is sent only to endpoints that take it.
public enum Credential: Sendable {
    /// Nobody in particular.
    case none
    /// An agent, by its session's token.
    case agentSession(any HeaderSecret)
    /// A user, by a token.
    case userToken(any HeaderSecret)
    /// The operator, by the master password.
    case masterPassword(any HeaderSecret)
}
