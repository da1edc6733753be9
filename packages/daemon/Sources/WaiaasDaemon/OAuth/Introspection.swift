import WaiaasCore

/// Tells a client whether a token is good, and what it says (RFC 7662). Answers for agent sessions, user tokens and refresh tokens alike.
struct Introspection: Sendable {
    let sessions: SessionVerifier
    let tokens: UserTokenService
    let refresh: RefreshService

    /// What there is to say of a token.
    enum Finding: Sendable {
        /// An agent session's token.
        case session(SessionVerifier.Verified)
        /// A user's or a client's access token.
        case access(UserToken)
        /// A refresh token that could be exchanged, and when it ends if it is not.
        case refresh(RefreshFamily, expiresAt: WallTime)
        /// Anything else: unknown, ended, revoked. They are not told apart.
        case inactive
    }

    /// - Parameters:
    ///   - token: as it was sent.
    ///   - client: who asks: a family that was born of a client is shown to that client only.
    func finding(on token: String, for client: OAuthClient.ID) async throws -> Finding {
        let bytes = Array(token.utf8)
        if bytes.starts(with: SessionToken.prefix) { return (try? sessions.verify(bytes[...])).map { .session($0) } ?? .inactive }
        if let presented = PresentedRefreshToken(token) {
            guard let (token, family) = try await refresh.live(presented), family.clientID == nil || family.clientID == client else {
                return .inactive
            }
            return .refresh(family, expiresAt: min(token.expiresAt, family.absoluteExpiresAt))
        }
        return (try? tokens.verify(bytes[...])).map { .access($0) } ?? .inactive
    }
}
