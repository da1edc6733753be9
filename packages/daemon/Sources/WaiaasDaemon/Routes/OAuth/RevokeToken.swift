import WaiaasAPI
import WaiaasCore

extension RevokeToken: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> NoContent {
        var client: OAuthClient.ID?
        if case .client(let id) = call.identity { client = id }
        try services.refresh.countRequest(from: call.source)
        if let presented = PresentedRefreshToken(call.input.token) {
            try await services.refresh.signOut(presented, client: client, everywhere: false, reason: .revoked, for: call.caller)
        } else if let token = try? services.tokens.verify(Array(call.input.token.utf8)[...]), let family = token.family {
            try await services.refresh.end(family, bornOf: client, for: call.caller)
        }
        return NoContent()
    }
}
