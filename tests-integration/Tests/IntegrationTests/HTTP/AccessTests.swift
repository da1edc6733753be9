import Testing
import WaiaasAPI
import WaiaasCore

@Suite("Who may call what")
struct AccessTests {
    @Test func `every route without credentials is refused, or is everybody's`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let cast = try await daemon.cast()
            let before = try await daemon.auditRecords().count
            for endpoint in Catalogue.endpoints {
                let reply = try await daemon.network.send(.sample(of: endpoint, about: cast))
                #expect(reply.gist == endpoint.answerToNobody, "\(endpoint.operationId)")
            }
            try await daemon.expectUnchanged(since: before, cast)
        }
    }

    @Test func `every route with the wrong kind of credential is refused, or is everybody's`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let cast = try await daemon.cast()
            let before = try await daemon.auditRecords().count
            let kinds: [(name: String, who: Credential)] = [
                ("operator", daemon.operator), ("session", cast.grant.credential), ("user", cast.login.bearer),
                ("cookie", cast.login.cookie),
                ("client", .client(id: cast.client.id, secret: cast.client.secret)),
                ("consumer", .bearer(token: cast.consumer)),
                ("password as a token", .bearer(token: world.password)),
                ("refresh token as a token", .bearer(token: cast.login.refresh)),
                ("access token as a cookie", .cookie(refresh: cast.login.access)),
            ]
            for endpoint in Catalogue.endpoints where endpoint.authentication != .anyone {
                for (name, who) in kinds where !endpoint.authentication.isOpened(by: name) {
                    let reply = try await daemon.network.send(.sample(of: endpoint, about: cast, as: who))
                    #expect(reply.gist == endpoint.answer(toWrong: name), "\(endpoint.operationId) as \(name)")
                }
            }
            try await daemon.expectUnchanged(since: before, cast)
        }
    }

    @Test func `every route with a password, token, cookie or client secret that is none is refused`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let cast = try await daemon.cast()
            let before = try await daemon.auditRecords().count
            let refresh = "wai_rt_" + String(repeating: "A", count: 43)
            for endpoint in Catalogue.endpoints where endpoint.authentication != .anyone {
                let rule = endpoint.authentication
                func expect(_ who: Credential, _ gist: String, over api: API) async throws {
                    let reply = try await api.send(.sample(of: endpoint, about: cast, as: who))
                    #expect(reply.gist == gist, "\(endpoint.operationId)")
                }
                if rule.acceptsOperator {
                    // Over the socket, where wrong passwords lock nobody out.
                    try await expect(.operator("a wrong master password"), "401 INVALID_MASTER_PASSWORD", over: daemon.socket)
                }
                if rule.acceptsAgentSession {
                    try await expect(.bearer(token: "wai_sess_a.b.c"), "401 INVALID_TOKEN", over: daemon.network)
                }
                if rule.acceptsUserToken { try await expect(.bearer(token: "a.b.c"), "401 INVALID_TOKEN", over: daemon.network) }
                if rule.acceptsOAuthClient {
                    let secrets = ["", "wrong", cast.client.secret + "x", String(cast.client.secret.dropLast())]
                    for secret in secrets {
                        try await expect(.client(id: cast.client.id, secret: secret), "401 invalid_client", over: daemon.network)
                    }
                    try await expect(.client(id: "nobody", secret: cast.client.secret), "401 invalid_client", over: daemon.network)
                }
                if rule.eventRole != nil {
                    for token in ["wai_evt_", "wai_evt_x", cast.consumer + "x"] {
                        try await expect(.bearer(token: token), "401 INVALID_TOKEN", over: daemon.network)
                    }
                }
                if rule == .refreshCookie {
                    let isSignOut = endpoint.operationId == "signOut"
                    // Whoever signs out is signed out.
                    try await expect(.cookie(refresh: refresh), isSignOut ? "204" : "401 INVALID_REFRESH_TOKEN", over: daemon.network)
                }
            }
            try await daemon.expectUnchanged(since: before, cast)
        }
    }

    @Test func `somebody else's session is out of reach`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let (mine, other) = (try await daemon.cast(), try await daemon.grant(to: "spy"))
            let before = try await daemon.auditRecords().count
            for endpoint in Catalogue.endpoints where endpoint.authentication.acceptsAgentSession && !endpoint.pathParameters.isEmpty {
                let reply = try await daemon.network.send(.sample(of: endpoint, about: mine, as: other.credential))
                #expect(reply.gist == "403 FORBIDDEN", "\(endpoint.operationId)")
            }
            // What is no session at all looks the same.
            let nobody = "01935d3e-8a10-7c3b-a05f-6e7d8c9ba012"
            #expect(
                try await daemon.network.send(Request("DELETE", "/v1/sessions/\(nobody)", as: other.credential)).gist == "403 FORBIDDEN")
            try await daemon.expectUnchanged(since: before, mine)
        }
    }

    @Test func `somebody else's login is out of reach`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let mine = try await daemon.cast()
            let other = try await daemon.login(of: "eve")
            let bystander = try await daemon.client("bystander")
            let owned = try await daemon.signIn("ada", client: mine.client)
            let before = try await daemon.auditRecords().count

            let end = Request("DELETE", "/api/auth/families/\(mine.login.family)", as: other.cookie)
            #expect(try await daemon.network.send(end).gist == "404 FAMILY_NOT_FOUND")
            let list = try await daemon.network.send(Request("GET", "/api/auth/families", as: other.cookie))
            #expect(list.text.contains(other.family) && !list.text.contains(mine.login.family))

            // A login that was born of a client is that client's alone.
            let stranger = Credential.client(id: bystander.id, secret: bystander.secret)
            let owner = Credential.client(id: mine.client.id, secret: mine.client.secret)
            for who in [stranger, .nobody] {
                #expect(try await daemon.network.send(.refresh(owned.refresh, as: who)).gist == "400 invalid_grant")
                for token in [owned.refresh, owned.access] {
                    #expect(try await daemon.network.send(.form("/oauth2/revoke", "token=\(token)", as: who)).gist == "200")
                }
            }
            #expect(
                try await daemon.network.send(Request("POST", "/api/auth/refresh", as: owned.cookie)).gist == "401 INVALID_REFRESH_TOKEN")
            #expect(try await daemon.network.send(.refresh(mine.login.refresh, as: stranger)).gist == "400 invalid_grant")
            func isActive(_ token: String, for who: Credential) async throws -> Bool? {
                try await daemon.network.send(.form("/oauth2/introspect", "token=\(token)", as: who)).json?["active"]?.bool
            }
            #expect(try await isActive(owned.refresh, for: stranger) == false)
            #expect(try await isActive(owned.refresh, for: owner) == true)
            #expect(try await daemon.identityVerdict(on: owned.access) == "200")
            try await daemon.expectUnchanged(since: before, mine)
            #expect(try await daemon.refreshed(owned, as: owner).refresh != owned.refresh)
        }
    }

    @Test func `a page of another origin refreshes, lists and ends nothing (CSRF)`() async throws {
        let foreign = [
            ("Origin", "http://evil.example"), ("Origin", "null"), ("Origin", "http://localhost:1"), ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Site", "same-site"),
        ]
        try await World.inside { world in
            let daemon = try await world.start()
            let cast = try await daemon.cast()
            let before = try await daemon.auditRecords().count
            for endpoint in Catalogue.endpoints where endpoint.authentication == .refreshCookie {
                for field in foreign {
                    var request = Request.sample(of: endpoint, about: cast, as: cast.login.cookie)
                    request.headers.append(field)
                    #expect(try await daemon.network.send(request).gist == "403 CSRF_REFUSED", "\(endpoint.operationId) \(field)")
                }
            }
            try await daemon.expectUnchanged(since: before, cast)
            var own = Request("GET", "/api/auth/families", as: cast.login.cookie)
            own.headers += [("Host", "localhost"), ("Origin", "http://localhost"), ("Sec-Fetch-Site", "same-origin")]
            #expect(try await daemon.network.send(own).status == 200)
        }
    }

    @Test func `a token of a revoked session and of a suspended agent opens nothing`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let cast = try await daemon.cast()
            let (revoked, suspended) = (cast.grant, try await daemon.grant(to: "sleeper"))
            _ = try await daemon.network.call(RevokeSession.self, SessionPath(id: revoked.sessionID), as: revoked.credential)
            try await world.waiaas("agent suspend sleeper").succeeded()
            for endpoint in Catalogue.endpoints where endpoint.authentication.acceptsAgentSession {
                let first = try await daemon.network.send(.sample(of: endpoint, about: cast, as: revoked.credential))
                #expect(first.gist == "401 SESSION_REVOKED", "\(endpoint.operationId)")
                let second = try await daemon.network.send(.sample(of: endpoint, about: cast.with(suspended), as: suspended.credential))
                #expect(second.code == "AGENT_SUSPENDED", "\(endpoint.operationId)")
            }
            try await world.waiaas("agent resume sleeper").succeeded()
            #expect(try await daemon.verdict(on: suspended.token) == "200 current")
        }
    }

    @Test func `a token of a user who is disabled or has a new password opens nothing, at once and after a start`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            var (logins, own) = ([Login](), [String]())
            for name in ["disabled", "changed"] {
                logins.append(try await daemon.login(of: name))
                let body = #"{"user_id":"\#(name)","password":"\#(daemon.userPassword)","refresh":"none"}"#
                let grant = try await daemon.network.send(Request("POST", "/api/auth/token", json: body))
                own.append(try #require(grant.json?["token"]?.string))
            }
            let operators = daemon.operator
            for (name, change) in [("disabled", #"{"status":"DISABLED"}"#), ("changed", #"{"password":"another password"}"#)] {
                let reply = try await daemon.socket.send(Request("PATCH", "/v1/users/\(name)", json: change, as: operators))
                #expect(reply.status == 200, "\(reply)")
            }
            func expectNothingOpens(_ daemon: DaemonProcess) async throws {
                for token in logins.map(\.access) + own { #expect(try await daemon.identityVerdict(on: token) == "401 INVALID_TOKEN") }
                for login in logins { #expect(try await daemon.network.send(.refresh(login.refresh)).gist == "400 invalid_grant") }
            }
            try await expectNothingOpens(daemon)
            try await daemon.kill9()
            let second = try await world.start("--port \(daemon.port)")
            try await expectNothingOpens(second)
        }
    }

    @Test func `an unknown route is 404`() async throws {
        let targets = [
            "/v1", "/v1/", "/v1/agents/", "/v1//agents", "//v1/agents", "/V1/agents", "/v1/agent", "/v1/sessions/self/",
            "/v1%2Fagents", "/v1/./agents", "/v1/admin/../agents", "/.well-known", "/v1/admin/rotate-secret/", "/v1/agents/%00", "*",
        ]
        try await World.withDaemon { daemon in
            for target in targets {
                let reply = try await daemon.network.send(Request("GET", target, as: daemon.operator))
                #expect(reply.gist == "404 ROUTE_NOT_FOUND", "\(target)")
            }
        }
    }

    @Test func `a wrong method is 405 and names the right ones`() async throws {
        try await World.withDaemon { daemon in
            for (path, endpoints) in Dictionary(grouping: Catalogue.endpoints, by: \.path.description) {
                let right = Set(endpoints.map(\.method.rawValue))
                for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"] where !right.contains(method) {
                    let target = path.replacing(#/\{[^}]*\}/#, with: "01935d3e-8a10-7c3b-a05f-6e7d8c9ba012")
                    // What is fixed in one template may be a parameter of another: `…/{ring}/rotate` is a `…/{ring}/{kid}` too.
                    if target != path, ContractCheck.endpoint(of: Request(method, target)) != nil { continue }
                    let reply = try await daemon.network.send(Request(method, target))
                    #expect(reply.gist == "405 METHOD_NOT_ALLOWED", "\(method) \(target)")
                    let allowed = Set((reply.header("allow") ?? "").split(separator: ", ").map(String.init))
                    #expect(allowed.isSuperset(of: right), "\(method) \(target)")
                }
            }
        }
    }

    @Test func `a name that is not ours is refused, so no page can rebind one`() async throws {
        let hosts = [
            ("evil.example", "403 INVALID_HOST"), ("127.0.0.1.evil.example", "403 INVALID_HOST"),
            ("localhost.evil.example", "403 INVALID_HOST"), ("169.254.169.254", "403 INVALID_HOST"), ("", "403 INVALID_HOST"),
            ("user@localhost", "403 INVALID_HOST"), ("localhost", "200"), ("LOCALHOST:80", "200"), ("127.0.0.1", "200"),
            ("[::1]:3100", "200"),
        ]
        try await World.withDaemon { daemon in
            for (host, expected) in hosts {
                let reply = try await daemon.network.send(Request("GET", "/health", [("Host", host)]))
                #expect(reply.gist == expected, "\(host)")
            }
        }
    }

    @Test(arguments: [
        ["WAIAAS_HTTP_OPERATOR_OVER_TCP": "false"], ["WAIAAS_HTTP_BEHIND_TLS": "true"], ["WAIAAS_HTTP_HOSTS": "waiaas.example"],
        ["WAIAAS_HTTP_TRUSTED_PROXIES": "10.0.0.1"],
    ])
    func `with the operator's door over TCP closed the socket stays open`(environment: [String: String]) async throws {
        try await World.inside { world in
            let daemon = try await world.start(environment: environment)
            let grant = try await daemon.grant(to: "trader")
            let cast = try await daemon.cast(around: grant)
            for endpoint in Catalogue.endpoints where endpoint.authentication.acceptsOperator {
                let reply = try await daemon.network.send(.sample(of: endpoint, about: cast, as: daemon.operator))
                #expect(reply.gist == "403 OPERATOR_SOCKET_ONLY", "\(endpoint.operationId)")
            }
            #expect(try await daemon.socket.send(Request("GET", "/v1/admin/status", as: daemon.operator)).status == 200)
            #expect(try await daemon.verdict(on: grant.token) == "200 current")
        }
    }
}
