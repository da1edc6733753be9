import Testing
import WaiaasAPI
import WaiaasCore
import WaiaasHTTP
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite(.inTurns) struct RouterTests {
    let house: House

    init() async throws {
        house = try await House()
    }

    @Test func `the routes are those of the catalogue, each once and in its order`() {
        #expect(Routes.all.map(\.endpoint.operationId) == Catalogue.endpoints.map(\.operationId))
        let places = Routes.all.map { "\($0.endpoint.method.rawValue) \($0.endpoint.path)" }
        #expect(Set(places).count == places.count)
    }

    static let closed = Catalogue.endpoints.filter { $0.authentication != .anyone && $0.authentication != .oauthClientOrNobody }

    private func path(_ endpoint: Endpoint) -> String {
        endpoint.path.description.replacing("{id}", with: "01900000-0000-7000-8000-000000000000")
    }

    @Test(arguments: closed.map(\.operationId))
    func `NET-04: without a credential, and with one of another kind, a route refuses before it looks at anything else`(
        operation: String
    ) async throws {
        let endpoint = try #require(Catalogue.endpoints.first { $0.operationId == operation })
        let issued = try await house.issue(to: try await house.agent())
        let attempts: [[(name: String, value: String)]] = [
            [], [("Authorization", "Bearer ")], [("Authorization", "Basic YTpi")], [("Authorization", "Bearer wai_sess_a.b.c")],
            [("X-Master-Password", "not the password")], [("X-Master-Password", "")],
            [("X-Master-Password", Ground.password), ("X-Master-Password", Ground.password)],
            endpoint.authentication.acceptsAgentSession ? House.asOperator : House.bearing(issued.token),
        ]
        for (index, fields) in attempts.enumerated() {
            if endpoint.authentication == .agentSessionOrOperator, index == attempts.count - 1 { continue }
            let answer = await house.ask(
                endpoint.method.rawValue, path(endpoint), fields, body: "not json", from: .network(address: "192.0.2.\(index)"))
            #expect(answer.status == 401, "\(fields)")
            #expect(answer.values("WWW-Authenticate").count == 1)
        }
        #expect(try await house.count(of: .secretRotated) == 0)
    }

    @Test func `what is not there is 404, and what takes other methods is 405 and names them`() async {
        for path in ["", "/v1", "/v1/", "//health", "/health/", "/v1/sessions/a/b/c", "/v2/health", "/HEALTH"] {
            let answer = await house.ask("GET", path)
            #expect(answer.status == 404, "\(path)")
            #expect(answer.code == "ROUTE_NOT_FOUND")
        }
        let wrong = await house.ask("DELETE", "/health")
        #expect(wrong.status == 405)
        #expect(wrong.values("Allow") == ["GET"])
        let other = await house.ask("PATCH", "/v1/sessions/01900000-0000-7000-8000-000000000000/renew")
        #expect(other.values("Allow") == ["PUT"])
        #expect(await house.ask("get", "/health").status == 405)
        #expect(await house.ask("OPTIONS", "/health").status == 405)
    }

    @Test func `an escaped slash is no separator, and a broken escape leads nowhere`() async {
        #expect(await house.ask("GET", "/v1%2Fhealth").status == 404)
        #expect(await house.ask("GET", "/v1/agents/%zz", House.asOperator).status == 404)
        #expect(await house.ask("GET", "/v1/agents/a%2Fb", House.asOperator).status == 400)
    }

    @Test(arguments: ["localhost", "localhost:3100", "127.0.0.1", "[::1]:3100", "LocalHost"])
    func `loopback names are answered`(host: String) async {
        #expect(await house.ask("GET", "/health", host: host).status == 200)
    }

    @Test(arguments: [nil, "", "example.com", "localhost.example.com", "127.0.0.1.nip.io", "localhost:99999", "a b", "localhost@evil"])
    func `other names are refused, before the route is looked for`(host: String?) async {
        let answer = await house.ask("GET", "/nowhere", host: host)
        #expect(answer.status == 403)
        #expect(answer.code == "INVALID_HOST")
    }

    @Test func `two hosts are refused, a configured one is answered, and the socket asks for none`() async throws {
        #expect(await house.ask("GET", "/health", [("Host", "localhost")]).code == "INVALID_HOST")
        let named = try await House { $0.http.hosts = ["waiaas.example"] }
        #expect(await named.ask("GET", "/health", host: "waiaas.example").status == 200)
        #expect(await house.ask("GET", "/health", from: .local(uid: 0), host: nil).status == 200)
    }

    @Test(arguments: [nil, "text/plain", "application/jsonx", "application/x-www-form-urlencoded", ""])
    func `a body of another media type is 415`(type: String?) async {
        let fields = House.asOperator + (type.map { [("Content-Type", $0)] } ?? [])
        let answer = await house.ask("POST", "/v1/agents", fields, body: #"{"name":"a"}"#)
        #expect(answer.status == 415)
        #expect(answer.code == "UNSUPPORTED_MEDIA_TYPE")
    }

    @Test(arguments: ["application/json", "Application/JSON", "application/json; charset=utf-8", "application/json;charset=utf-8"])
    func `JSON is taken however it is spelled`(type: String) async {
        #expect(await house.ask("POST", "/v1/agents", House.asOperator + [("Content-Type", type)], body: #"{"name":"a"}"#).status == 201)
    }

    @Test func `two media types are refused`() async {
        let answer = await house.ask("POST", "/v1/agents", House.asOperator + House.json + House.json, body: #"{"name":"a"}"#)
        #expect(answer.status == 415)
    }

    @Test func `a body where none may be is 400, and rotates nothing`() async throws {
        let answer = await house.ask("POST", "/v1/admin/rotate-secret", House.asOperator + House.json, body: "{}")
        #expect(answer.status == 400)
        #expect(answer.code == "BODY_NOT_ALLOWED")
        #expect(try await house.count(of: .secretRotated) == 0)
    }

    @Test(
        arguments: [
            "", "{", "[]", "null", #"{"name":1}"#, #"{"name":"a","name":"b"}"#, #"{"name":"a","more":1}"#, #"{}"#,
            #"{"name":"\u0000"}"#, #"{"name":""}"#, "{\"name\":\"a\"}x",
        ])
    func `a body that does not fit is 400 and changes nothing`(body: String) async throws {
        let answer = await house.ask("POST", "/v1/agents", House.asOperator + House.json, body: body)
        #expect(answer.status == 400)
        #expect(answer.code == "VALIDATION_ERROR")
        #expect(try await house.count(of: .agentCreated) == 0)
    }

    @Test(arguments: ["?x=1", "?compromised=maybe", "?compromised=true&compromised=false", "?dry_run=%zz", "?dry_run"])
    func `a query that does not fit is 400 and rotates nothing`(query: String) async throws {
        let answer = await house.ask("POST", "/v1/admin/rotate-secret" + query, House.asOperator)
        #expect(answer.status == 400)
        #expect(try await house.count(of: .secretRotated) == 0)
    }

    @Test(arguments: ["a", "req.1_2-3", String(repeating: "x", count: 64)])
    func `a plain request id is answered with`(id: String) async throws {
        let answer = await house.ask("GET", "/nowhere", [("X-Request-Id", id)])
        #expect(answer.values("X-Request-Id") == [id])
        #expect(answer.member("requestId") == id)
    }

    @Test(arguments: [nil, "", " ", "a b", "a\"b", "é", String(repeating: "x", count: 65), "a\nb"])
    func `any other gets a fresh one`(id: String?) async throws {
        let answer = await house.ask("GET", "/nowhere", id.map { [("X-Request-Id", $0)] } ?? [])
        let name = try #require(answer.values("X-Request-Id").first)
        #expect(name.hasPrefix("req_"))
        #expect(name.utf8.count == 25)
        #expect(answer.member("requestId") == name)
        #expect(await house.ask("GET", "/health").values("X-Request-Id") != [name])
    }

    @Test func `a token is verified, or refused, without a task; a password takes waiting`() async throws {
        func atOnce(_ path: String, _ fields: [(name: String, value: String)]) -> Int? {
            guard case .now(let response) = house.router.answer(house.request("GET", path, fields)) else { return nil }
            return response.status
        }
        let issued = try await house.issue(to: try await house.agent())
        #expect(atOnce("/v1/sessions/self", House.bearing(issued.token)) == 200)
        #expect(atOnce("/v1/sessions/self", House.bearing(issued.token.dropLast() + [0x41])) == 401)
        #expect(atOnce("/v1/sessions/self", []) == 401)
        #expect(atOnce("/health", []) == 200)
        #expect(atOnce("/v1/agents", House.asOperator) == nil)
    }

    @Test func `no answer may be kept or guessed, the refusals of the server neither, and no page framed`() async {
        let answers = [
            await house.ask("GET", "/health"), await house.ask("GET", "/nowhere"), await house.ask("GET", "/health", host: "evil"),
            house.router.refusal(status: 413), house.router.refusal(status: 503),
            await house.ask("OPTIONS", "/health", [("Origin", "https://evil"), ("Access-Control-Request-Method", "GET")]),
        ]
        for answer in answers {
            #expect(answer.values("Cache-Control") == ["no-store"])
            #expect(answer.values("X-Content-Type-Options") == ["nosniff"])
            #expect(answer.values("X-Request-Id").count == 1)
            #expect(answer.values("Content-Type").count == 1)
        }
        for path in ["/", "/doc", "/static/page.js"] {
            let page = await house.ask("GET", path)
            #expect(page.values("X-Frame-Options") == ["DENY"], "\(path) \(page.status)")
            #expect(page.values("Referrer-Policy") == ["no-referrer"])
        }
    }

    @Test func `NET-09: a preflight gets leave for a configured origin only, and no answer tells another origin anything`() async throws {
        let open = try await House { $0.http.corsOrigins = ["https://panel.example"] }
        let ask = [(name: "Access-Control-Request-Method", value: "GET")]
        let good = await open.ask("OPTIONS", "/v1/sessions/self", ask + [("Origin", "https://panel.example")])
        #expect(good.status == 204)
        #expect(good.values("Access-Control-Allow-Origin") == ["https://panel.example"])
        #expect(good.values("Access-Control-Allow-Headers").first?.contains("X-Master-Password") == false)
        #expect(good.values("Vary") == ["Origin"])
        for origin in ["https://evil.example", "null", "https://panel.example.evil", "HTTPS://PANEL.EXAMPLE", "*"] {
            let bad = await open.ask("OPTIONS", "/v1/sessions/self", ask + [("Origin", origin)])
            #expect(bad.status == 403)
            #expect(bad.values("Access-Control-Allow-Origin").isEmpty)
            #expect(await open.ask("GET", "/health", [("Origin", origin)]).values("Access-Control-Allow-Origin").isEmpty)
        }
        #expect(await house.ask("OPTIONS", "/health", ask + [("Origin", "https://panel.example")]).status == 403)
        #expect(await open.ask("GET", "/health", [("Origin", "https://panel.example")]).values("Access-Control-Allow-Origin").count == 1)
        #expect(await open.ask("GET", "/health").values("Access-Control-Allow-Origin").isEmpty)
    }

    @Test func `a stopping daemon refuses and closes`() async {
        house.rooms.door.close()
        let answer = await house.ask("GET", "/health")
        #expect(answer.status == 503)
        #expect(answer.code == "SHUTTING_DOWN")
        #expect(answer.closesConnection)
        #expect(answer.values("Retry-After") == ["5"])
    }

    @Test func `a session may do to itself what it may, and to others nothing`() async throws {
        let agent = try await house.agent()
        let (own, other) = (try await house.issue(to: agent), try await house.issue(to: agent))
        let bearing = House.bearing(own.token)
        #expect(await house.ask("GET", "/v1/sessions/self", bearing).member("sessionId") == own.session.id.description)
        #expect(await house.ask("PUT", "/v1/sessions/\(other.session.id)/renew", bearing).code == "FORBIDDEN")
        #expect(await house.ask("DELETE", "/v1/sessions/\(other.session.id)", bearing).code == "FORBIDDEN")
        #expect(await house.ask("PUT", "/v1/sessions/\(own.session.id)/renew", bearing).code == "RENEWAL_TOO_EARLY")
        #expect(await house.ask("GET", "/v1/sessions/\(own.session.id)", bearing).status == 401)
        #expect(await house.ask("DELETE", "/v1/sessions/\(own.session.id)", bearing).status == 200)
        #expect(await house.ask("GET", "/v1/sessions/self", bearing).code == "SESSION_REVOKED")
        #expect(throws: Never.self) { try house.verify(other.token) }
    }

    @Test func `a second rotation answers 429 with the wait and the end in force`() async throws {
        #expect(await house.ask("POST", "/v1/admin/rotate-secret", House.asOperator).status == 200)
        house.clock.advance(by: .milliseconds(1_500))
        let answer = await house.ask("POST", "/v1/admin/rotate-secret", House.asOperator)
        #expect(answer.status == 429)
        #expect(answer.code == "ROTATION_TOO_RECENT")
        #expect(answer.values("Retry-After") == ["299"])
        let details = try #require(try JSONDocument(scanning: answer.body).root.member("details"))
        #expect(details.member("previousExpiry")?.string == (house.clock.now.wall + .milliseconds(298_500)).iso8601)
    }

    @Test func `NET-12: a store that fails is 503, tells nothing and is logged under its id`() async throws {
        house.store.fail(with: .unavailable("the secret path"))
        let answer = await house.ask(
            "POST", "/v1/agents", House.asOperator + House.json + [("X-Request-Id", "mine")], body: #"{"name":"b"}"#)
        #expect(answer.status == 503)
        #expect(answer.code == "STORAGE_UNAVAILABLE")
        #expect(!String(decoding: answer.body, as: UTF8.self).contains("secret path"))
        #expect(house.log.all.contains { $0.contains("ERROR") && $0.contains("mine") && $0.contains("secret path") })
    }

    @Test func `NET-12: every answer with 5xx has a line of the log with its id, also those that the server gives by itself`() async throws
    {
        var answers = [house.router.refusal(status: 500), house.router.refusal(status: 503), house.router.refusal(status: 501)]
        for error in [StoreError.diskFull, .queueFull(limit: 1), .closed, .foreignWriter] {
            house.store.fail(with: error)
            answers.append(await house.ask("POST", "/v1/agents", House.asOperator + House.json, body: #"{"name":"b"}"#))
        }
        house.rooms.door.close()
        answers.append(await house.ask("GET", "/health"))
        for answer in answers {
            let id = try #require(answer.values("X-Request-Id").first)
            let lines = house.log.all.filter { $0.contains("requestId=\(id) ") && ($0.contains(" ERROR ") || $0.contains(" WARN ")) }
            #expect(lines.count == 1, "\(answer.status) \(lines)")
        }
    }

    @Test func `a request is one line at debug, with the template of its path and no query, and none at info`() async throws {
        let agent = try await house.agent()
        _ = await house.ask("GET", "/v1/agents/\(agent.id)?canary=1", House.asOperator + [("X-Request-Id", "mine")])
        _ = await house.ask("GET", "/canary", [("X-Request-Id", "lost")], from: .local(uid: 0))
        let lines = house.log.all.filter { $0.contains(" DEBUG request ") }
        #expect(lines.count == 2)
        #expect(lines[0].contains("requestId=mine method=GET route=/v1/agents/{id} status=400 durationMs="))
        #expect(lines[0].hasSuffix(" source=192.0.2.7\n"))
        #expect(lines[1].contains("requestId=lost method=GET route=unmatched status=404"))
        #expect(lines[1].hasSuffix(" source=operator.sock\n"))
        #expect(!lines.joined().contains("canary"))
        #expect(!lines.joined().contains(agent.id.description))
    }

    @Test func `SEC-08: the log holds no password and no token`() async throws {
        let issued = try await house.issue(to: try await house.agent())
        _ = await house.ask("GET", "/v1/sessions/self?token=abc", House.bearing(issued.token))
        _ = await house.ask("GET", "/v1/agents", House.asOperator)
        #expect(!house.log.all.isEmpty)
        for line in house.log.all {
            #expect(!line.contains(Ground.password))
            #expect(!line.contains("wai_sess_"))
            #expect(!line.contains("token=abc"))
        }
    }
}
