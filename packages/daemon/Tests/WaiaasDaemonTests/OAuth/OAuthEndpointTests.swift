import Testing
import WaiaasCore
import WaiaasHTTP
import WaiaasTestSupport

@testable import WaiaasDaemon

/// The OAuth endpoints and the cookie's, from the request to the answer.
@Suite(.inTurns) struct OAuthEndpointTests {
    let house: House
    let user: User
    let id: OAuthClient.ID
    let secret: String
    static let form = [(name: "Content-Type", value: "application/x-www-form-urlencoded")]

    init() async throws {
        house = try await House()
        user = try await house.user()
        id = try #require(OAuthClient.ID("dashboard"))
        secret = try await house.clients.add(id, for: House.caller).secret.text
    }

    private var asClient: [(name: String, value: String)] {
        Self.form + [("Authorization", "Basic " + Base64.encode(Array("dashboard:\(secret)".utf8)))]
    }

    private func cookie(_ token: PresentedRefreshToken, _ more: [(name: String, value: String)] = []) -> [(name: String, value: String)] {
        [("Cookie", "waiaas_refresh=\(token.text)")] + more
    }

    private func isActive(_ token: String) async throws -> Bool? {
        let answer = await house.ask("POST", "/oauth2/introspect", asClient, body: "token=\(token)")
        return try JSONDocument(scanning: answer.body).root.member("active")?.bool
    }

    @Test func `REF-17: to revoke what nobody knows, or another's, is 200 and ends nothing`() async throws {
        let (mine, free) = (try await house.login(of: user, client: id), try await house.login(of: user))
        let unknown = try PresentedRefreshToken.fresh().text
        for (fields, token) in [
            (Self.form, unknown), (asClient, unknown), (Self.form, "garbage"), (Self.form, mine.refresh.text),
            (asClient, free.refresh.text),
            (Self.form, String(decoding: mine.access, as: UTF8.self)), (asClient, String(decoding: free.access, as: UTF8.self)),
        ] {
            #expect(await house.ask("POST", "/oauth2/revoke", fields, body: "token=\(token)").status == 200)
        }
        _ = try house.accept(mine.access)
        _ = try house.accept(free.access)
        #expect(await house.ask("POST", "/oauth2/revoke", asClient, body: "token=\(mine.refresh.text)&token_type_hint=x").status == 200)
        #expect(
            await house.ask("POST", "/oauth2/revoke", Self.form, body: "token=\(String(decoding: free.access, as: UTF8.self))").status
                == 200)
        for login in [mine, free] { #expect(try await problem { try house.accept(login.access) } == .invalidToken) }
    }

    @Test func `REF-18: introspection is for clients, and tells a client nothing of another's login`() async throws {
        let other = try #require(OAuthClient.ID("other"))
        _ = try await house.clients.add(other, for: House.caller)
        let (mine, theirs) = (try await house.login(of: user, client: id), try await house.login(of: user, client: other))
        for fields in [Self.form, Self.form + [("Authorization", "Basic eDp5")], Self.form + House.bearing(mine.access)] {
            let answer = await house.ask("POST", "/oauth2/introspect", fields, body: "token=\(mine.refresh.text)")
            #expect(answer.status == 401)
            #expect(answer.member("error") == "invalid_client")
        }
        #expect(try await isActive(mine.refresh.text) == true)
        #expect(try await isActive(theirs.refresh.text) == false)
        #expect(try await isActive("garbage") == false)
        let session = try await house.issue(to: try await house.agent()).token
        #expect(try await isActive(String(decoding: session, as: UTF8.self)) == true)
        let access = String(decoding: mine.access, as: UTF8.self)
        #expect(try await isActive(access) == true)
        _ = try await house.users.setDisabled(true, user: user.id, for: House.caller)
        #expect(try await isActive(access) == false)
        #expect(try await isActive(mine.refresh.text) == false)
    }

    @Test func `NET-13: no grant but refresh and client credentials, and these in the form of RFC 6749`() async throws {
        for grant in ["password", "authorization_code", "implicit", "urn:ietf:params:oauth:grant-type:jwt-bearer", "REFRESH_TOKEN"] {
            let answer = await house.ask(
                "POST", "/oauth2/token", asClient, body: "grant_type=\(grant)&username=ada&password=correct+horse&code=a")
            #expect(answer.status == 400)
            #expect(answer.member("error") == "unsupported_grant_type")
        }
        let anonymous = await house.ask("POST", "/oauth2/token", Self.form, body: "grant_type=client_credentials")
        #expect(anonymous.status == 401)
        #expect(anonymous.member("error") == "invalid_client")
        for body in ["grant_type=refresh_token", "grant_type=refresh_token&refresh_token="] {
            let answer = await house.ask("POST", "/oauth2/token", asClient, body: body)
            #expect(answer.status == 400)
            #expect(answer.member("error") == "invalid_request")
        }
        for token in ["garbage", try PresentedRefreshToken.fresh().text] {
            let answer = await house.ask("POST", "/oauth2/token", asClient, body: "grant_type=refresh_token&refresh_token=\(token)")
            #expect(answer.status == 400)
            #expect(answer.member("error") == "invalid_grant")
        }
        let json = await house.ask("POST", "/oauth2/token", House.json, body: #"{"grant_type":"client_credentials"}"#)
        #expect(json.status == 415)
    }

    @Test func `NET-10: the metadata names what is there, and the issuer is that of the tokens`() async throws {
        let named = try await House { $0.auth.issuer = "https://auth.example.org" }
        let answer = await named.ask("GET", "/.well-known/oauth-authorization-server")
        #expect(answer.member("issuer") == "https://auth.example.org")
        for (name, method) in [
            ("token_endpoint", "POST"), ("introspection_endpoint", "POST"), ("revocation_endpoint", "POST"), ("jwks_uri", "GET"),
        ] {
            let url = try #require(answer.member(name))
            #expect(url.hasPrefix("https://auth.example.org/"))
            let status = await named.ask(method, String(url.dropFirst("https://auth.example.org".count)), Self.form).status
            #expect(status != 404 && status != 405, "\(name)")
        }
        let token = try await named.login(of: try await named.user()).access
        #expect(try named.accept(token).issuer == "https://auth.example.org")
    }

    @Test func `the cookie refreshes, its reuse takes it away, and another site's page does nothing with it`() async throws {
        let login = try await house.login(of: user)
        let evil: [[(name: String, value: String)]] = [
            [("Origin", "https://evil.example")], [("Sec-Fetch-Site", "cross-site")], [("Origin", "null")],
        ]
        for fields in evil {
            for (method, path) in [("POST", "/api/auth/refresh"), ("POST", "/api/auth/logout"), ("GET", "/api/auth/families")] {
                let answer = await house.ask(method, path, cookie(login.refresh, fields))
                #expect(answer.status == 403)
                #expect(answer.code == "CSRF_REFUSED")
                #expect(answer.values("Set-Cookie").isEmpty)
            }
        }
        let answer = await house.ask("POST", "/api/auth/refresh", cookie(login.refresh, [("Origin", "http://localhost:3100")]))
        #expect(answer.status == 200)
        #expect(answer.values("Cache-Control") == ["no-store"])
        let set = try #require(answer.values("Set-Cookie").first)
        #expect(set.hasPrefix("waiaas_refresh=wai_rt_") && set.contains("HttpOnly") && set.contains("SameSite=Strict"))
        #expect(!String(decoding: answer.body, as: UTF8.self).contains("wai_rt_"))
        house.clock.advance(by: .seconds(31))
        let reuse = await house.ask("POST", "/api/auth/refresh", cookie(login.refresh))
        #expect(reuse.status == 401)
        #expect(reuse.code == "REFRESH_REUSE_DETECTED")
        #expect(reuse.values("Set-Cookie").first?.hasPrefix("waiaas_refresh=; ") == true)
        #expect(try await house.family(login.family).revocation?.reason == .reuse)
    }

    @Test func `a body's token is no cookie, and a cookie no body`() async throws {
        let login = try await house.login(of: user)
        let fields = House.json + [("Authorization", "Bearer \(login.refresh.text)")]
        #expect(await house.ask("POST", "/api/auth/refresh", fields).status == 401)
        let body = await house.ask("POST", "/oauth2/token", cookie(login.refresh, Self.form), body: "grant_type=refresh_token")
        #expect(body.status == 400)
        #expect(try await house.family(login.family).generation == 1)
    }

    @Test func `a second cookie of the name keeps nobody signed in: a refresh takes it away, signing out ends both`() async throws {
        let (mine, planted) = (try await house.login(of: user), try await house.login(of: try await house.user("eve")))
        let both = [("Cookie", "waiaas_refresh=\(planted.refresh.text); waiaas_refresh=\(mine.refresh.text)")]
        let refused = await house.ask("POST", "/api/auth/refresh", both)
        #expect(refused.status == 401)
        #expect(refused.values("Set-Cookie").first?.hasPrefix("waiaas_refresh=; ") == true)
        #expect(try await house.family(mine.family).generation == 1)
        let out = await house.ask("POST", "/api/auth/logout", both)
        #expect(out.status == 204)
        #expect(out.values("Set-Cookie").first?.hasPrefix("waiaas_refresh=; ") == true)
        for login in [mine, planted] { #expect(try await house.family(login.family).revocation?.reason == .logout) }
    }

    @Test func `introspection names the end of a refresh token, not that of its login`() async throws {
        let login = try await house.login(of: user, client: id)
        func end() async throws -> Int64? {
            let answer = await house.ask("POST", "/oauth2/introspect", asClient, body: "token=\(login.refresh.text)")
            return try JSONDocument(scanning: answer.body).root.member("exp")?.integer
        }
        #expect(try await end() == (house.clock.now.wall + house.refresh.limits.idle).seconds)
        let short = try await House(on: house.ground) { $0.auth.refreshAbsolute = .seconds(300) }
        let brief = try await short.login(of: user, client: id)
        let answer = await short.ask("POST", "/oauth2/introspect", asClient, body: "token=\(brief.refresh.text)")
        #expect(try JSONDocument(scanning: answer.body).root.member("exp")?.integer == (short.clock.now.wall + .seconds(300)).seconds)
    }

    @Test func `AUD-01: a bad grant, a disabled user and another site's page are counted too`() async throws {
        let login = try await house.login(of: user)
        _ = await house.ask("POST", "/oauth2/token", asClient, body: "grant_type=refresh_token&refresh_token=garbage")
        _ = await house.ask("POST", "/api/auth/refresh", cookie(login.refresh, [("Origin", "https://evil.example")]))
        let eve = try await house.users.add(try #require(UserID("eve")), password: try Ground.secret("a password"), for: House.caller)
        _ = try await house.users.setDisabled(true, user: eve.id, for: House.caller)
        _ = await house.ask("POST", "/api/auth/token", House.json, body: #"{"user_id":"eve","password":"a password"}"#)
        try await house.rooms.refusals.record(all: true)
        let refused = try await house.records().filter { $0.event == "REQUESTS_REFUSED" }.map { "\($0.details)" }.joined()
        for code in ["INVALID_GRANT", "USER_DISABLED", "CSRF_REFUSED"] { #expect(refused.contains(code), "\(code)") }
    }

    @Test(arguments: ["/.well-known/jwks.json", "/.well-known/oauth-authorization-server", "/health"])
    func `an allowed origin is told once that it may read`(path: String) async throws {
        let open = try await House { $0.http.corsOrigins = ["https://panel.example"] }
        let answer = await open.ask("GET", path, [("Origin", "https://panel.example")])
        #expect(answer.status == 200)
        #expect(answer.values("Access-Control-Allow-Origin") == [path == "/health" ? "https://panel.example" : "*"])
    }
}
