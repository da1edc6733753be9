import WaiaasAPI
import WaiaasCore

extension IntrospectToken: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> OAuthTokenFacts {
        guard case .client(let client) = call.identity else { throw Problem(.invalidClient) }
        return OAuthTokenFacts(try await services.introspection.finding(on: call.input.token, for: client))
    }
}

extension OAuthTokenFacts {
    fileprivate init(_ finding: Introspection.Finding) {
        switch finding {
        case .inactive: self.init(active: false)
        case .session(let session):
            self.init(
                active: true, tokenUse: "agent_session", sub: session.agent.description, iss: SessionToken.issuer,
                sid: session.session.description, exp: session.expiresAt.seconds)
        case .access(let token):
            self.init(
                active: true, tokenUse: token.isOfClient ? "client" : "user", sub: token.subject, clientId: token.client, iss: token.issuer,
                aud: token.audience, sid: token.family?.description, jti: token.id.description, iat: token.issuedAt.seconds,
                exp: token.expiresAt.seconds)
        case .refresh(let family, let expiresAt):
            self.init(
                active: true, tokenUse: "refresh_token", sub: family.userID.text, clientId: family.clientID, sid: family.id.description,
                iat: family.lastUsedAt.seconds, exp: expiresAt.seconds)
        }
    }
}
