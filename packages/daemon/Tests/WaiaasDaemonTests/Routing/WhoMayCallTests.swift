import Testing
import WaiaasAPI

@Suite("who may call what") struct WhoMayCallTests {
    /// The table of design 2.3: what anyone may call, and what a session's token opens. Everything else is the operator's.
    @Test func `NET-04: what anyone may call and what a session may call is what the design says, and nothing more`() {
        func paths(_ authentication: Authentication) -> Set<String> {
            Set(
                Catalogue.endpoints.filter { $0.authentication == authentication }.map { "\($0.method.rawValue) \($0.path)" })
        }
        #expect(
            paths(.anyone) == [
                "GET /health", "GET /v1/health", "GET /openapi.json", "GET /doc", "GET /.well-known/jwks.json", "GET /api/auth/jwks",
                "GET /.well-known/oauth-authorization-server", "POST /api/auth/token", "POST /api/auth/register",
                "POST /api/session", "GET /api/session/{session_id}", "PUT /api/session/{session_id}",
                "GET /stream/{session_id}", "GET /stream/{user_id}/{session_id}",
                "GET /", "GET /session/{session_id}", "GET /session/{user_id}/{session_id}", "GET /static/icon.svg", "GET /static/page.css",
                "GET /static/page.js",
            ])
        #expect(
            paths(.agentSession) == ["GET /v1/sessions/self", "POST /v1/sessions/self/authorize", "PUT /v1/sessions/{id}/renew"])
        #expect(paths(.metricsReader) == ["GET /metrics"])
        #expect(paths(.agentSessionOrOperator) == ["DELETE /v1/sessions/{id}"])
        #expect(
            paths(.refreshCookie) == [
                "POST /api/auth/refresh", "POST /api/auth/logout", "GET /api/auth/families", "DELETE /api/auth/families/{id}",
            ])
        #expect(paths(.bearer) == ["GET /api/auth/me"])
        #expect(
            paths(.userToken) == [
                "POST /api/user/{user_id}/session", "GET /api/user/{user_id}/session", "GET /api/user/{user_id}/sessions",
                "GET /api/user/{user_id}/session/{session_id}", "PUT /api/user/{user_id}/session/{session_id}",
                "DELETE /api/user/{user_id}/session/{session_id}",
            ])
        #expect(paths(.oauthClient) == ["POST /oauth2/introspect"])
        #expect(paths(.oauthClientOrNobody) == ["POST /oauth2/token", "POST /oauth2/revoke"])
        #expect(Catalogue.endpoints.filter { $0.authentication == .operator }.allSatisfy { $0.path.description.hasPrefix("/v1/") })
    }
}
