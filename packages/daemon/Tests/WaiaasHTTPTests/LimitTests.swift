import Testing
import WaiaasHTTP

@Suite("limits") struct LimitTests {
    private static let limits = HTTPLimits(threads: 2, headBytes: 4_096, bodyBytes: 10_000)

    @Test(arguments: [(1_000, 200), (3_900, 200), (4_000, 431), (7_000, 431), (20_000, 431)])
    func `a head may have so many bytes and no more`(bytes: Int, status: Int) async throws {
        try await serve(limits: Self.limits) { (_, port) throws in
            let plain = get("/", "X-Long: ")
            let client = try RawClient(port: port)
            client.send(get("/", "X-Long: " + String(repeating: "x", count: bytes - plain.utf8.count)))
            #expect(try client.answer().status == status)
            if status != 200 { try client.readToEnd() }
        }
    }

    @Test func `a head of very many fields is served or refused, never dropped`() async throws {
        try await serve(limits: Self.limits) { (_, port) throws in
            for count in stride(from: 10, through: 1_000, by: 7) {
                let fields = (0..<count).map { "a\($0 % 10): \r\n" }.joined()
                let answer = try RawClient(port: port).exchange("GET / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n")
                #expect([200, 431].contains(answer.status))
            }
        }
    }

    @Test(arguments: [(9_999, 200), (10_000, 200), (10_001, 413), (10_000_000, 413)])
    func `a body may have so many bytes and no more`(bytes: Int, status: Int) async throws {
        try await serve(limits: Self.limits, handler: { HTTPResponse(status: 200, body: Array("\($0.body.count)".utf8)) }) {
            (_, port) throws in
            let client = try RawClient(port: port)
            client.send(post("/", String(repeating: "x", count: bytes)))
            let answer = try client.answer()
            #expect(answer.status == status)
            #expect(answer.body == (status == 200 ? "\(bytes)" : "refused 413"))
            if status != 200 { #expect(answer.field("connection") == "close") }
        }
    }

    @Test(arguments: [(1, 200), (9_999, 200), (10_000, 200), (10_001, 413), (200_000, 413)])
    func `a body in chunks may have so many bytes and no more`(bytes: Int, status: Int) async throws {
        try await serve(limits: Self.limits, handler: { HTTPResponse(status: 200, body: Array("\($0.body.count)".utf8)) }) {
            (_, port) throws in
            let client = try RawClient(port: port)
            var request = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            var rest = bytes
            while rest > 0 {
                let size = min(rest, 3_000)
                request += String(size, radix: 16) + "\r\n" + String(repeating: "x", count: size) + "\r\n"
                rest -= size
            }
            client.send(request + "0\r\nTrailer: ignored\r\n\r\n" + (status == 200 ? get("/next") : ""))
            let answer = try client.answer()
            #expect(answer.status == status)
            #expect(answer.body == (status == 200 ? "\(bytes)" : "refused 413"))
            if status == 200 { #expect(try client.answer().status == 200) } else { #expect(answer.field("connection") == "close") }
        }
    }

    @Test func `the limit of a body is asked for by method and path before it is read`() async throws {
        let rule: @Sendable (HTTPMethod, String) -> Int = { method, path in method == .put && path == "/large" ? 100_000 : 10 }
        try await serve(limits: Self.limits, bodyLimit: rule) { (_, port) throws in
            let small = "POST /large HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n"
            #expect(try RawClient(port: port).exchange(small).status == 413)
            let large = "PUT /large HTTP/1.1\r\nHost: a\r\nContent-Length: 90000\r\n\r\n" + String(repeating: "x", count: 90_000)
            #expect(try RawClient(port: port).exchange(large).status == 200)
        }
    }

    @Test func `a client that asks first is told to continue, or that the body is too large`() async throws {
        try await serve(limits: Self.limits) { (_, port) throws in
            let client = try RawClient(port: port)
            client.send("POST /e HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
            #expect(try client.answer().status == 100)
            #expect(try client.exchange("hello").body == "POST /e  hello")
            let refused = try client.exchange("POST /e HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 10001\r\n\r\n")
            #expect(refused.status == 413)
            #expect(try client.isClosed())
        }
    }

    @Test func `a slow head is cut off though its bytes keep coming`() async throws {
        let limits = HTTPLimits(threads: 1, headTime: .milliseconds(200), idleTime: .seconds(60))
        try await serve(limits: limits) { (_, port) throws in
            let client = try RawClient(port: port)
            client.send("GET / HTTP/1.1\r\n")
            #expect(client.dripUntilClosed("X: y\r\n"))
        }
    }

    @Test func `a slow first line of a later request is cut off before the idle time`() async throws {
        let limits = HTTPLimits(threads: 1, headTime: .milliseconds(200), idleTime: .seconds(60))
        try await serve(limits: limits) { (_, port) throws in
            let client = try RawClient(port: port)
            #expect(try client.exchange(get("/")).status == 200)
            client.send("GET /")
            #expect(client.dripUntilClosed("x"))
        }
    }

    @Test func `a connection without a request is closed after the time for a head`() async throws {
        try await serve(limits: HTTPLimits(threads: 1, headTime: .milliseconds(100))) { (_, port) throws in
            #expect(try RawClient(port: port).isClosed())
        }
    }

    @Test func `an idle connection is closed after the idle time`() async throws {
        try await serve(limits: HTTPLimits(threads: 1, headTime: .seconds(60), idleTime: .milliseconds(100))) { (_, port) throws in
            let client = try RawClient(port: port)
            #expect(try client.exchange(get("/")).status == 200)
            #expect(try client.isClosed())
        }
    }

    @Test(arguments: ["Content-Length: 5000", "Transfer-Encoding: chunked"])
    func `a slow body is cut off though its bytes keep coming`(framing: String) async throws {
        let limits = HTTPLimits(threads: 1, bodyTime: .milliseconds(200))
        try await serve(limits: limits) { (_, port) throws in
            let client = try RawClient(port: port)
            client.send("POST / HTTP/1.1\r\nHost: a\r\n\(framing)\r\n\r\n")
            #expect(client.dripUntilClosed(framing.contains("chunked") ? "1\r\nx\r\n" : "x"))
        }
    }

    @Test func `a client that does not take its answer is cut off`() async throws {
        let limits = HTTPLimits(threads: 1, answerTime: .milliseconds(200))
        let large = [UInt8](repeating: 0, count: 64 << 20)
        try await serve(limits: limits, handler: { _ in HTTPResponse(status: 200, body: large) }) { (server, port) throws in
            let client = try RawClient(port: port)
            client.send(get("/"))
            #expect(server.waitForConnections(1))
            #expect(server.waitForConnections(0))
        }
    }

    @Test func `a handler may take longer than any time of the client's`() async throws {
        let gate = Gate()
        let short = Duration.milliseconds(80)
        let limits = HTTPLimits(threads: 1, headTime: short, bodyTime: short, answerTime: .seconds(5), idleTime: short)
        let handler: @Sendable (HTTPRequest) async -> HTTPResponse = { request in
            if request.path == "/wait" { await gate.pass() }
            return HTTPResponse(status: 200)
        }
        try await serve(limits: limits, handler: handler) { (_, port) throws in
            let waiting = try RawClient(port: port)
            waiting.send(get("/wait"))
            // The idle client is cut off, so several sweeps have passed the waiting one.
            let idle = try RawClient(port: port)
            #expect(try idle.exchange(get("/")).status == 200)
            #expect(try idle.isClosed())
            Task { await gate.open() }
            #expect(try waiting.answer().status == 200)
        }
    }
}
