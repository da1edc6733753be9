import Testing
import WaiaasAPI
import WaiaasCore

@Suite("Bad input")
struct BadInputTests {
    /// A request that is refused, and with what.
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let body: [UInt8]
        let expected: String
        var type: String? = "application/json"
        var path = "/v1/agents"
        var method = "POST"

        init(_ name: String, _ body: String, _ expected: String = "400 VALIDATION_ERROR") {
            self.init(name, bytes: Array(body.utf8), expected)
        }

        init(_ name: String, bytes: [UInt8], _ expected: String = "400 VALIDATION_ERROR") {
            (self.name, self.body, self.expected) = (name, bytes, expected)
        }

        /// A body for a session of the agent `trader`.
        static func session(_ name: String, _ members: String) -> Row {
            var row = Row(name, #"{"agentName":"trader",\#(members)}"#)
            row.path = "/v1/sessions"
            return row
        }

        static func type(_ type: String?, _ expected: String) -> Row {
            var row = Row("content type \(type ?? "absent")", #"{"name":"accepted"}"#, expected)
            row.type = type
            return row
        }

        var testDescription: String { name }
    }

    static let bodies: [Row] = [
        Row("empty", ""), Row("white space", "  "), Row("truncated", #"{"name":"x"#), Row("trailing bytes", #"{"name":"x"} {}"#),
        Row("null", "null"), Row("array", "[]"), Row("text", #""x""#), Row("single quotes", "{'name':'x'}"),
        Row("comment", #"{"name":"x" /* no */}"#), Row("comma at the end", #"{"name":"x",}"#),
        Row("byte order mark", "\u{feff}{\"name\":\"x\"}"),
        Row("33 levels deep", #"{"name":"# + String(repeating: "[", count: 33) + String(repeating: "]", count: 33) + "}"),
        Row("10,000 levels deep", String(repeating: "[", count: 10_000)),
        Row("a member twice", #"{"name":"x","name":"y"}"#), Row("a member twice, once escaped", #"{"name":"x","n\u0061me":"y"}"#),
        Row("unknown member", #"{"name":"x","admin":true}"#), Row("__proto__", #"{"name":"x","__proto__":{}}"#),
        Row("number for a text", #"{"name":1}"#), Row("boolean for a text", #"{"name":true}"#), Row("null for a text", #"{"name":null}"#),
        Row("object for a text", #"{"name":{}}"#), Row("no member", "{}"), Row("empty text", #"{"name":""}"#),
        Row("too long a text", #"{"name":"\#(String(repeating: "x", count: 65))"}"#), Row("dots only", #"{"name":".."}"#),
        Row("slash", #"{"name":"a/b"}"#), Row("NUL", #"{"name":"a\u0000b"}"#), Row("raw NUL", bytes: Array("{\"name\":\"a\0b\"}".utf8)),
        Row("raw line feed", "{\"name\":\"a\nb\"}"), Row("lone surrogate", #"{"name":"\ud800"}"#),
        Row("invalid UTF-8", bytes: Array(#"{"name":""#.utf8) + [0xff, 0xfe] + Array(#""}"#.utf8)),
        Row("overlong UTF-8", bytes: Array(#"{"name":""#.utf8) + [0xc0, 0xaf] + Array(#""}"#.utf8)),
        Row("encoded surrogate", bytes: Array(#"{"name":""#.utf8) + [0xed, 0xa0, 0x80] + Array(#""}"#.utf8)),
        Row("UTF-16", bytes: [0xff, 0xfe, 0x7b, 0x00]),
        Row("a byte more than 64 KiB", String(repeating: " ", count: 65_537), "413 BODY_TOO_LARGE"),
        Row("8 MiB", String(repeating: " ", count: 8 << 20), "413 BODY_TOO_LARGE"),
        .session("negative TTL", #""expiresIn":-1"#), .session("TTL 0", #""expiresIn":0"#), .session("TTL too short", #""expiresIn":299"#),
        .session("TTL too long", #""expiresIn":604801"#), .session("far date", #""expiresIn":9007199254740991"#),
        .session("beyond 2^53", #""expiresIn":9007199254740993"#), .session("beyond 2^64", #""expiresIn":18446744073709551617"#),
        .session("huge exponent", #""expiresIn":1e400"#), .session("exponent", #""expiresIn":36e2"#),
        .session("fraction", #""expiresIn":3600.5"#), .session("text for a number", #""expiresIn":"3600""#),
        .session("leading zero", #""expiresIn":03600"#), .session("plus", #""expiresIn":+3600"#), .session("NaN", #""expiresIn":NaN"#),
        .session("hexadecimal", #""expiresIn":0xe10"#), .session("minus zero", #""expiresIn":-0"#),
        .session("two agents", #""agentId":"01935d3e-8a10-7c3b-a05f-6e7d8c9ba012""#),
        .session("amount as a number", #""constraints":{"maxAmountPerTx":1.5}"#),
        .session("negative amount", #""constraints":{"maxAmountPerTx":"-1"}"#),
        .session("amount with an exponent", #""constraints":{"maxAmountPerTx":"1e3"}"#),
        .session("amount that is not canonical", #""constraints":{"maxAmountPerTx":"01.50"}"#),
        .session("unknown constraint", #""constraints":{"maxGas":1}"#),
        .session("empty list", #""constraints":{"allowedOperations":[]}"#),
        .type(nil, "415 UNSUPPORTED_MEDIA_TYPE"), .type("text/plain", "415 UNSUPPORTED_MEDIA_TYPE"),
        .type("application/x-www-form-urlencoded", "415 UNSUPPORTED_MEDIA_TYPE"), .type("application/jsonp", "415 UNSUPPORTED_MEDIA_TYPE"),
        .type("", "415 UNSUPPORTED_MEDIA_TYPE"),
    ]

    @Test func `a body that does not fit is refused with its code and changes nothing`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let grant = try await daemon.grant(to: "trader")
            let before = try await daemon.auditRecords().count
            for row in Self.bodies {
                let type = row.type.map { [("Content-Type", $0)] } ?? []
                let request = Request(row.method, row.path, type, body: row.body, as: daemon.operator)
                let reply = try await daemon.socket.send(request)
                #expect(reply.gist == row.expected, "\(row.name): \(reply)")
                if reply.code == "VALIDATION_ERROR" {
                    #expect(reply.json?["details"]?["issues"]?.elements?.contains { _ in true } == true, "\(row.name) names no issue")
                }
                // A hostile body does not come back as it was.
                #expect(reply.body.count < 32_768, "\(row.name)")
            }
            try await daemon.expectUnchanged(since: before, grant)
            #expect(try await daemon.socket.call(ListAgents.self, AgentQuery(), as: daemon.operator).agents.count == 1)
        }
    }

    static let targets: [(String, String, String)] = [
        ("GET", "/v1/agents?limit=0", "400 VALIDATION_ERROR"), ("GET", "/v1/agents?limit=101", "400 VALIDATION_ERROR"),
        ("GET", "/v1/agents?limit=-1", "400 VALIDATION_ERROR"), ("GET", "/v1/agents?limit=1e1", "400 VALIDATION_ERROR"),
        ("GET", "/v1/agents?limit=", "400 VALIDATION_ERROR"), ("GET", "/v1/agents?limit=1&limit=2", "400 VALIDATION_ERROR"),
        ("GET", "/v1/agents?limit=9007199254740993", "400 VALIDATION_ERROR"), ("GET", "/v1/agents?colour=red", "400 VALIDATION_ERROR"),
        ("GET", "/v1/agents?cursor=nonsense", "400 VALIDATION_ERROR"), ("GET", "/v1/sessions?cursor=%00", "400 VALIDATION_ERROR"),
        ("GET", "/v1/sessions?cursor=%ff", "400 VALIDATION_ERROR"), ("GET", "/v1/sessions?status=purple", "400 VALIDATION_ERROR"),
        ("GET", "/v1/agents?limit=%zz", "400 VALIDATION_ERROR"), ("GET", "/v1/agents?limit=%3", "400 VALIDATION_ERROR"),
        ("GET", "/v1/admin/audit?after=-1", "400 VALIDATION_ERROR"), ("GET", "/v1/agents/not-an-id", "400 VALIDATION_ERROR"),
        ("GET", "/v1/agents/01935d3e-8a10-7c3b-a05f-6e7d8c9ba01", "400 VALIDATION_ERROR"),
        ("GET", "/v1/agents/..", "400 VALIDATION_ERROR"),
        ("GET", "/v1/agents/01935d3e-8a10-7c3b-a05f-6e7d8c9ba012", "404 AGENT_NOT_FOUND"),
        ("GET", "/v1/sessions/01935d3e-8a10-7c3b-a05f-6e7d8c9ba012", "404 SESSION_NOT_FOUND"),
        ("DELETE", "/v1/sessions/01935d3e-8a10-7c3b-a05f-6e7d8c9ba012", "404 SESSION_NOT_FOUND"),
        ("POST", "/v1/admin/rotate-secret?compromised=yes", "400 VALIDATION_ERROR"),
        ("POST", "/v1/admin/rotate-secret?force=true", "400 VALIDATION_ERROR"),
        ("POST", "/v1/admin/rotate-secret?window=1", "400 VALIDATION_ERROR"),
    ]

    @Test func `a path or a query that does not fit is refused with its code and changes nothing`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let grant = try await daemon.grant(to: "trader")
            let before = try await daemon.auditRecords().count
            for (method, target, expected) in Self.targets {
                let reply = try await daemon.socket.send(Request(method, target, as: daemon.operator))
                #expect(reply.gist == expected, "\(method) \(target): \(reply)")
            }
            try await daemon.expectUnchanged(since: before, grant)
        }
    }

    @Test func `a body where none is allowed is refused`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let cast = try await daemon.cast()
            let before = try await daemon.auditRecords().count
            for endpoint in Catalogue.endpoints where !endpoint.hasBody {
                var request = Request.sample(of: endpoint, about: cast)
                let isOfBearer = endpoint.authentication.acceptsAgentSession && !endpoint.authentication.acceptsOperator
                request.headers += cast.grant.credential.headers.filter { _ in isOfBearer }
                request.headers += cast.login.bearer.headers.filter { _ in endpoint.authentication == .userToken }
                request.headers += cast.login.cookie.headers.filter { _ in endpoint.authentication == .refreshCookie }
                request.headers += Credential.bearer(token: cast.consumer).headers.filter { _ in endpoint.authentication == .eventKeyHolder
                }
                request.headers += daemon.operator.headers.filter { _ in endpoint.authentication.acceptsOperator }
                request.headers.append(("Content-Type", "application/json"))
                request.body = Array("{}".utf8)
                let reply = try await daemon.socket.send(request)
                #expect(["400 BODY_NOT_ALLOWED", "413 BODY_TOO_LARGE"].contains(reply.gist), "\(endpoint.operationId): \(reply)")
            }
            try await daemon.expectUnchanged(since: before, cast)
        }
    }

    /// Heads that two readers could understand differently, or nobody at all; the daemon refuses them in the form of every refusal.
    static let heads: [(String, String, Int)] = [
        ("no host", "GET /health HTTP/1.1\r\n\r\n", 400),
        ("two hosts", "GET /health HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", 400),
        ("two lengths", "POST /v1/agents HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400),
        (
            "length and chunks",
            "POST /v1/agents HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400
        ),
        ("unknown coding", "POST /v1/agents HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501),
        ("space before the colon", "GET /health HTTP/1.1\r\nHost : localhost\r\n\r\n", 400),
        ("folded line", "GET /health HTTP/1.1\r\nHost: localhost\r\nX-A: 1\r\n 2\r\n\r\n", 400),
        ("bare line feed", "GET /health HTTP/1.1\r\nHost: localhost\nX-A: 1\r\n\r\n", 400),
        ("NUL in a value", "GET /health HTTP/1.1\r\nHost: localhost\r\nX-A: a\0b\r\n\r\n", 400),
        ("absolute form", "GET http://localhost/health HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        ("a head beyond 16 KiB", "GET /health HTTP/1.1\r\nHost: localhost\r\nX-A: \(String(repeating: "a", count: 17_000))\r\n\r\n", 431),
        ("a target beyond 16 KiB", "GET /\(String(repeating: "a", count: 17_000)) HTTP/1.1\r\nHost: localhost\r\n\r\n", 431),
    ]

    /// What libmicrohttpd refuses before the daemon sees it, in a form of its own; listed in the documentation of WaiaasHTTP.
    static let headsOfTheLibrary: [(String, String, Int?)] = [
        ("no HTTP", "\u{16}\u{3}\u{1}\r\n\r\n", nil), ("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
        ("negative length", "POST /v1/agents HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", 400),
        ("length with a plus", "POST /v1/agents HTTP/1.1\r\nHost: localhost\r\nContent-Length: +2\r\n\r\n{}", 400),
        ("length beyond 2^64", "POST /v1/agents HTTP/1.1\r\nHost: localhost\r\nContent-Length: 18446744073709551617\r\n\r\n", 413),
        ("broken chunk", "POST /v1/agents HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400),
        ("very many fields", "GET /health HTTP/1.1\r\nHost: localhost\r\n\(String(repeating: "a: b\r\n", count: 2_000))\r\n", 431),
    ]

    @Test func `a head that is none is refused in the form of every refusal, and the connection closed`() async throws {
        try await World.withDaemon { daemon in
            for (name, head, status) in Self.heads {
                let reply = try #require(try await daemon.network.lastReply(to: head), "\(name)")
                #expect(reply.status == status, "\(name): \(reply)")
                let issues = reply.json.map { ProblemAnswer.schema.issues(in: $0) }
                #expect(issues?.isEmpty == true, "\(name): \(reply)")
            }
            for (name, head, status) in Self.headsOfTheLibrary {
                #expect(try await daemon.network.lastReply(to: head)?.status == status, "\(name)")
            }
            #expect(try await daemon.network.send(Request("GET", "/health")).status == 200)
        }
    }

    @Test(arguments: [
        ("head", "GET /health HTTP/1.1\r\nHost: local", 12), ("first line", "GE", 12),
        ("body", "POST /v1/agents HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{", 32),
    ])
    func `a client that does not finish its request is cut off`(part: String, beginning: String, seconds: Int) async throws {
        try await World.withDaemon { daemon in
            let begun = ContinuousClock.now
            let status = try await onThread { [door = daemon.network.door] in
                let connection = try Connection(door, patience: 60)
                try connection.send(Array(beginning.utf8))
                return try? connection.reply().status
            }
            #expect(status == nil || status == 408, "\(part)")
            #expect(ContinuousClock.now - begun < .seconds(seconds + 4), "\(part)")
            #expect(ContinuousClock.now - begun > .seconds(seconds - 4), "\(part)")
            #expect(try await daemon.network.send(Request("GET", "/health")).status == 200)
        }
    }
}

extension API {
    /// The answer to bytes that end their connection; nil if it ended without one.
    fileprivate func lastReply(to text: String) async throws -> Reply? {
        try await onThread { [door] in
            let connection = try Connection(door, patience: 20)
            // The daemon may have seen enough before everything is sent.
            try? connection.send(Array(text.utf8))
            guard let reply = try? connection.reply() else { return nil }
            _ = try connection.isClosedByPeer()
            return reply
        }
    }
}
