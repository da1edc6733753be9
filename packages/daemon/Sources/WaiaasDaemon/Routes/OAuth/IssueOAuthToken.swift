import WaiaasAPI
import WaiaasCore

extension IssueOAuthToken: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> OAuthGrant {
        var client: OAuthClient.ID?
        if case .client(let id) = call.identity { client = id }
        switch call.input.grantType {
        case "refresh_token":
            guard let text = call.input.refreshToken else { throw Problem(.validationError, message: "refresh_token is missing.") }
            guard let presented = PresentedRefreshToken(text) else { throw Problem(.invalidGrant) }
            do {
                let grant = try await services.refresh.exchange(
                    presented, client: client, life: nil, from: call.source, for: call.caller)
                return try OAuthGrant(grant.access, refresh: grant.refresh)
            } catch let problem as Problem where problem.code.status == 401 && problem.code != .invalidClient {
                // Here the refresh token is the grant and not the credential (RFC 6749 section 5.2).
                throw Problem(.invalidGrant, message: problem.message)
            }
        case "client_credentials":
            guard let client else { throw Problem(.invalidClient) }
            return try OAuthGrant(try await services.refresh.access(for: client), refresh: nil)
        default: throw Problem(.unsupportedGrantType)
        }
    }
}

extension OAuthGrant {
    fileprivate init(_ access: UserTokenService.Draft, refresh: PresentedRefreshToken?) throws {
        self.init(
            accessToken: String(decoding: try access.signed(), as: UTF8.self), tokenType: "Bearer",
            expiresIn: access.claims.lifeInSeconds, refreshToken: refresh?.text)
    }
}
