import Testing
import WaiaasAPI
import WaiaasCore

@Suite("Clients that are not ours")
struct OAuthClientTests {
    /// How a client says who it is.
    enum Way: String, CaseIterable, Sendable {
        case basic = "client_secret_basic"
        case post = "client_secret_post"
        /// A login that no client did; the library names itself all the same.
        case none
    }

    @Test(.enabled(if: Python.isInstalled, "\(Python.missing)"), arguments: Way.allCases)
    func `Authlib's OAuth2Session refreshes, asks and revokes as it comes`(way: Way) async throws {
        try await World.inside { world in
            let daemon = try await world.start(environment: ["WAIAAS_AUTH_ALGORITHM": "ES256"])
            try await daemon.user("ada")
            let client = try await daemon.client("dashboard")
            let login = try await daemon.signIn("ada", client: way == .none ? nil : client)
            let lines: [String]
            switch way {
            case .none: lines = try await world.python("refresh", daemon.url, login.access, login.refresh, "a-program")
            case .basic: lines = try await world.python("refresh", daemon.url, login.access, login.refresh, client.id, client.secret)
            case .post:
                lines = try await world.python("refresh", daemon.url, login.access, login.refresh, client.id, client.secret, way.rawValue)
            }
            #expect(lines.first == "ada")
            let tokens = lines.dropFirst()
            #expect(tokens.count == (way == .none ? 3 : 4))
            #expect(Set(tokens).count == tokens.count)
            // What it revoked has ended; what the client was given in its own name has not.
            for token in tokens.prefix(3) { #expect(try await daemon.identityVerdict(on: token) == "401 INVALID_TOKEN") }
            for token in tokens.dropFirst(3) { #expect(try await daemon.identityVerdict(on: token) == "200") }
            #expect(try await daemon.auditNames().contains("USER_SIGNED_OUT"))
        }
    }

    @Test(.enabled(if: Python.isInstalled, "\(Python.missing)"))
    func `without any name Authlib refreshes too`() async throws {
        try await World.inside { world in
            let daemon = try await world.start(environment: ["WAIAAS_AUTH_ALGORITHM": "EdDSA"])
            let login = try await daemon.login(of: "ada")
            #expect(try await world.python("refresh", daemon.url, login.access, login.refresh).first == "ada")
        }
    }

    @Test func `curl refreshes with a cookie jar, and signs out`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            try await daemon.user("ada")
            let jar = world.path("jar")
            let curl = try #require(Binary.tool("curl"))
            let body = #"{"user_id":"ada","password":"\#(daemon.userPassword)"}"#
            func call(_ arguments: String...) async throws -> (status: String, body: String) {
                let run = try world.spawn(curl, ["-s", "-b", jar, "-c", jar, "-w", "\n%{http_code}"] + arguments)
                #expect(try await run.ended() == .code(0))
                let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
                return (lines.last ?? "", lines.dropLast().joined(separator: "\n"))
            }
            let first = try await call("-H", "Content-Type: application/json", "-d", body, "\(daemon.url)/api/auth/token")
            #expect(first.status == "200" && !first.body.contains("refresh_token"), "\(first)")
            let cookies = Files.text(jar)
            #expect(cookies.contains("#HttpOnly_127.0.0.1") && cookies.contains("waiaas_refresh") && cookies.contains("/api/auth"))
            let second = try await call("-X", "POST", "\(daemon.url)/api/auth/refresh")
            #expect(second.status == "200" && second.body.contains(#""token":"#), "\(second)")
            #expect(Files.text(jar) != cookies)
            #expect(try await call("\(daemon.url)/api/auth/families").status == "200")
            #expect(try await call("-X", "POST", "\(daemon.url)/api/auth/logout").status == "204")
            #expect(!Files.text(jar).contains("waiaas_refresh"))
            #expect(try await call("-X", "POST", "\(daemon.url)/api/auth/refresh").status == "401")
        }
    }

    @Test func `the metadata names what there is, and where`() async throws {
        try await World.withDaemon { daemon in
            let metadata = try await daemon.network.call(GetOAuthMetadata.self, as: .nobody)
            #expect(metadata.issuer == daemon.url)
            for address in [metadata.tokenEndpoint, metadata.introspectionEndpoint, metadata.revocationEndpoint, metadata.jwksURI] {
                #expect(address.hasPrefix(daemon.url))
                // There: another method than the right one is refused as such, or it answers.
                let reply = try await daemon.network.send(Request("GET", String(address.dropFirst(daemon.url.count))))
                #expect([200, 405].contains(reply.status), "\(address)")
            }
        }
    }

    @Test func `introspection tells agent sessions, users' and clients' tokens apart, and says of others only that`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let cast = try await daemon.cast()
            let who = Credential.client(id: cast.client.id, secret: cast.client.secret)
            let own = try await daemon.network.send(.form("/oauth2/token", "grant_type=client_credentials", as: who))
            let ofClient = try #require(own.json?["access_token"]?.string)
            #expect(own.json?["refresh_token"] == nil)
            for (token, use, subject) in [
                (cast.grant.token, "agent_session", cast.grant.agentID.description), (cast.login.access, "user", "ada"),
                (ofClient, "client", "dashboard"), (cast.login.refresh, "refresh_token", "ada"),
            ] {
                let facts = try await daemon.network.send(.form("/oauth2/introspect", "token=\(token)", as: who)).json
                #expect(facts?["active"]?.bool == true && facts?["token_use"]?.string == use && facts?["sub"]?.string == subject)
            }
            for token in ["nonsense", "wai_rt_\(String(repeating: "A", count: 43))", "a.b.c", "wai_sess_a.b.c", cast.login.access + "x"] {
                let reply = try await daemon.network.send(.form("/oauth2/introspect", "token=\(token)", as: who))
                #expect(reply.text == #"{"active":false}"#)
            }
            // No password grant, and none that is unknown.
            for grant in ["password", "authorization_code", "urn:ietf:params:oauth:grant-type:jwt-bearer"] {
                let reply = try await daemon.network.send(.form("/oauth2/token", "grant_type=\(grant)&username=ada&password=x", as: who))
                #expect(reply.gist == "400 unsupported_grant_type")
            }
        }
    }

    @Test func `a form that does not fit is refused in the words of RFC 6749 and changes nothing`() async throws {
        let rows: [(form: String, type: String?, gist: String)] = [
            ("", "application/x-www-form-urlencoded", "400 invalid_request"),
            ("grant_type=", "application/x-www-form-urlencoded", "400 invalid_request"),
            ("grant_type=refresh_token", "application/x-www-form-urlencoded", "400 invalid_request"),
            ("grant_type=refresh_token&grant_type=refresh_token", "application/x-www-form-urlencoded", "400 invalid_request"),
            ("grant_type=refresh_token&refresh_token=a&refresh_token=b", "application/x-www-form-urlencoded", "400 invalid_request"),
            ("grant_type=refresh_token&refresh_token=%zz", "application/x-www-form-urlencoded", "400 invalid_request"),
            ("grant_type=refresh_token&refresh_token=%ff", "application/x-www-form-urlencoded", "400 invalid_request"),
            ("grant_type=refresh_token&refresh_token=%00", "application/x-www-form-urlencoded", "400 invalid_request"),
            ("grant_type=refresh_token&refresh_token=wai_rt_AAAA", "application/x-www-form-urlencoded", "400 invalid_grant"),
            ("grant_type=refresh_token&unknown=1&refresh_token=x", "application/x-www-form-urlencoded", "400 invalid_grant"),
            ("grant_type=\(String(repeating: "a", count: 65))", "application/x-www-form-urlencoded", "400 invalid_request"),
            (#"{"grant_type":"refresh_token"}"#, "application/x-www-form-urlencoded", "400 invalid_request"),
            (#"{"grant_type":"refresh_token"}"#, "application/json", "415 invalid_request"),
            ("grant_type=refresh_token", nil, "415 invalid_request"),
            (String(repeating: "a", count: 65_537), "application/x-www-form-urlencoded", "413 BODY_TOO_LARGE"),
            ("grant_type=client_credentials", "application/x-www-form-urlencoded", "401 invalid_client"),
            ("grant_type=client_credentials&client_id=dashboard", "application/x-www-form-urlencoded", "401 invalid_client"),
            (
                "grant_type=client_credentials&client_id=dashboard&client_secret=x", "application/x-www-form-urlencoded",
                "401 invalid_client"
            ),
        ]
        try await World.inside { world in
            let daemon = try await world.start()
            let cast = try await daemon.cast()
            let before = try await daemon.auditRecords().count
            for row in rows {
                let type = row.type.map { [("Content-Type", $0)] } ?? []
                let reply = try await daemon.network.send(Request("POST", "/oauth2/token", type, body: Array(row.form.utf8)))
                #expect(reply.gist == row.gist, "\(row.form.prefix(80)): \(reply)")
            }
            // Two ways at once to say who one is (RFC 6749 section 2.3).
            let who = Credential.client(id: cast.client.id, secret: cast.client.secret)
            let twice = "grant_type=client_credentials&client_id=\(cast.client.id)&client_secret=\(cast.client.secret)"
            #expect(try await daemon.network.send(.form("/oauth2/token", twice, as: who)).gist == "400 invalid_request")
            try await daemon.expectUnchanged(since: before, cast)
        }
    }
}
