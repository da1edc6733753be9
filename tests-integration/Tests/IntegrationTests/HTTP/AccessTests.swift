import Testing
import WaiaasAPI
import WaiaasCore

@Suite("Who may call what")
struct AccessTests {
    @Test func `every route without credentials is refused, or is everybody's`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let grant = try await daemon.grant(to: "trader")
            let before = try await daemon.auditRecords().count
            for endpoint in Catalogue.endpoints {
                let reply = try await daemon.network.send(.sample(of: endpoint, about: grant))
                #expect(reply.gist == endpoint.answerToNobody, "\(endpoint.operationId)")
            }
            try await daemon.expectUnchanged(since: before, grant)
        }
    }

    @Test func `every route with the wrong kind of credential is refused, or is everybody's`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let grant = try await daemon.grant(to: "trader")
            let before = try await daemon.auditRecords().count
            for endpoint in Catalogue.endpoints where endpoint.operationId != "revokeSession" {
                let wrong: Credential
                switch endpoint.authentication {
                case .anyone: continue
                case .agentSession: wrong = daemon.operator
                case .operator, .metricsReader: wrong = grant.credential
                case .agentSessionOrOperator: wrong = .agent(token: world.password)
                }
                let reply = try await daemon.network.send(.sample(of: endpoint, about: grant, as: wrong))
                let takesBearer = endpoint.authentication == .agentSessionOrOperator || endpoint.authentication == .metricsReader
                let expected = takesBearer ? "401 INVALID_TOKEN" : endpoint.answerToNobody
                #expect(reply.gist == expected, "\(endpoint.operationId)")
            }
            try await daemon.expectUnchanged(since: before, grant)
        }
    }

    @Test func `every route with a password or a token that is none is refused`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let grant = try await daemon.grant(to: "trader")
            let before = try await daemon.auditRecords().count
            for endpoint in Catalogue.endpoints where endpoint.authentication != .anyone {
                if endpoint.authentication.acceptsOperator {
                    // Over the socket, where wrong passwords lock nobody out.
                    let reply = try await daemon.socket.send(.sample(of: endpoint, about: grant, as: .operator("a wrong master password")))
                    #expect(reply.gist == "401 INVALID_MASTER_PASSWORD", "\(endpoint.operationId)")
                }
                if endpoint.authentication.acceptsAgentSession {
                    let reply = try await daemon.network.send(.sample(of: endpoint, about: grant, as: .agent(token: "wai_sess_a.b.c")))
                    #expect(reply.gist == "401 INVALID_TOKEN", "\(endpoint.operationId)")
                }
            }
            try await daemon.expectUnchanged(since: before, grant)
        }
    }

    @Test func `somebody else's session is out of reach`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let (mine, other) = (try await daemon.grant(to: "trader"), try await daemon.grant(to: "spy"))
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

    @Test func `a token of a revoked session and of a suspended agent opens nothing`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let (revoked, suspended) = (try await daemon.grant(to: "trader"), try await daemon.grant(to: "sleeper"))
            _ = try await daemon.network.call(RevokeSession.self, SessionPath(id: revoked.sessionID), as: revoked.credential)
            try await world.waiaas("agent suspend sleeper").succeeded()
            for endpoint in Catalogue.endpoints where endpoint.authentication.acceptsAgentSession {
                let first = try await daemon.network.send(.sample(of: endpoint, about: revoked, as: revoked.credential))
                #expect(first.gist == "401 SESSION_REVOKED", "\(endpoint.operationId)")
                let second = try await daemon.network.send(.sample(of: endpoint, about: suspended, as: suspended.credential))
                #expect(second.code == "AGENT_SUSPENDED", "\(endpoint.operationId)")
            }
            try await world.waiaas("agent resume sleeper").succeeded()
            #expect(try await daemon.verdict(on: suspended.token) == "200 current")
        }
    }

    @Test func `an unknown route is 404`() async throws {
        let targets = [
            "/", "/v1", "/v1/", "/v1/agents/", "/v1//agents", "//v1/agents", "/V1/agents", "/v1/agent", "/v1/sessions/self/",
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
                    let target = path.replacing("{id}", with: "01935d3e-8a10-7c3b-a05f-6e7d8c9ba012")
                    // `self` is no id, but the template of one fits it.
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
            for endpoint in Catalogue.endpoints where endpoint.authentication.acceptsOperator {
                let reply = try await daemon.network.send(.sample(of: endpoint, about: grant, as: daemon.operator))
                #expect(reply.gist == "403 OPERATOR_SOCKET_ONLY", "\(endpoint.operationId)")
            }
            #expect(try await daemon.socket.send(Request("GET", "/v1/admin/status", as: daemon.operator)).status == 200)
            #expect(try await daemon.verdict(on: grant.token) == "200 current")
        }
    }
}

extension Endpoint {
    /// What a call without any credential is answered.
    fileprivate var answerToNobody: String {
        switch authentication {
        case .anyone: String(status)
        case .agentSession: "401 INVALID_TOKEN"
        case .operator, .metricsReader, .agentSessionOrOperator: "401 MASTER_PASSWORD_REQUIRED"
        }
    }
}

extension Request {
    /// A call of an endpoint that lacks nothing but perhaps the right credential.
    static func sample(of endpoint: Endpoint, about grant: Grant, as who: Credential = .nobody) -> Request {
        let id = endpoint.area == .agents ? grant.agentID.description : grant.sessionID.description
        return Request(
            endpoint.method.rawValue, endpoint.path.path { _ in id },
            endpoint.hasBody ? [("Content-Type", "application/json")] : [], body: endpoint.hasBody ? endpoint.inputExample : nil, as: who)
    }
}

extension DaemonProcess {
    /// Nothing happened since so many records, but that the operator looked and that refusals were counted.
    func expectUnchanged(since records: Int, _ grant: Grant) async throws {
        let names = Set(try await auditNames().dropFirst(records))
        #expect(names.subtracting(["AUDIT_READ", "AUTH_FAILED", "REQUESTS_REFUSED"]) == [])
        #expect(try await verdict(on: grant.token) == "200 current")
    }
}
