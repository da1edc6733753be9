import Testing
import WaiaasHTTP

@Suite("server") struct ServerTests {
    @Test(arguments: Description.allCases)
    func `a connection serves request after request`(description: Description) async throws {
        try await serve(answering: description.handler) { (_, port) throws in
            let client = try RawClient(port: port)
            for number in 0..<20 {
                let answer = try client.exchange(get("/a/\(number)?b=\(number)"))
                #expect(answer.status == 200)
                #expect(answer.body == "GET /a/\(number) b=\(number) ")
                #expect(answer.field("connection") == nil)
                #expect(answer.field("date") != nil)
                #expect(answer.field("server") == nil)
            }
        }
    }

    @Test(arguments: Description.allCases)
    func `pipelined requests are answered in order`(description: Description) async throws {
        try await serve(answering: description.handler) { (_, port) throws in
            let client = try RawClient(port: port)
            client.send((0..<30).map { $0 % 3 == 0 ? post("/\($0)", "body \($0)") : get("/\($0)") }.joined())
            for number in 0..<30 {
                let expected = number % 3 == 0 ? "POST /\(number)  body \(number)" : "GET /\(number)  "
                #expect(try client.answer().body == expected)
            }
        }
    }

    @Test func `a head that comes byte by byte is understood`() async throws {
        try await serve { (_, port) throws in
            let client = try RawClient(port: port)
            for byte in post("/x", "hello", "X-Long: \(String(repeating: "v", count: 300))").utf8 { client.send([byte]) }
            #expect(try client.answer().body == "POST /x  hello")
        }
    }

    @Test(arguments: Description.allCases)
    func `64 connections at once get their own answers`(description: Description) async throws {
        try await serve(answering: description.handler) { (server, port) throws in
            let clients = try (0..<64).map { _ in try RawClient(port: port) }
            for round in 0..<10 {
                for (number, client) in clients.enumerated() { client.send(get("/\(round)/\(number)")) }
                for (number, client) in clients.enumerated() { #expect(try client.answer().body == "GET /\(round)/\(number)  ") }
            }
            #expect(server.connectionCount == 64)
        }
    }

    @Test func `while handlers wait, others on the same threads are served`() async throws {
        let gate = Gate()
        let handler: @Sendable (HTTPRequest) async -> HTTPResponse = { request in
            if request.path == "/wait" { await gate.pass() }
            return Description.response(to: request)
        }
        let server = try HTTPServer(listener: .tcp(address: "127.0.0.1", port: 0), limits: HTTPLimits(threads: 1), handler: handler)
        try server.start()
        defer { server.stop() }
        let port = try #require(server.port)
        async let slow = blocking {
            let clients = try (0..<8).map { _ in try RawClient(port: port) }
            for client in clients { client.send(get("/wait")) }
            return try clients.map { try $0.answer().status }
        }
        await gate.crowd(of: 8)
        #expect(try await blocking { try RawClient(port: port).exchange(get("/now")).status } == 200)
        await gate.open()
        #expect(try await slow == Array(repeating: 200, count: 8))
    }

    @Test func `HEAD is answered like GET without the body`() async throws {
        try await serve(handler: { HTTPResponse(status: 200, body: Array("\($0.method.name) \($0.isHead)".utf8)) }) { (_, port) throws in
            let client = try RawClient(port: port)
            client.send("HEAD /x HTTP/1.1\r\nHost: localhost\r\n\r\n" + get("/y"))
            #expect(try client.answer(withBody: false).field("content-length") == "8")
            #expect(try client.answer().body == "GET false")
        }
    }

    @Test func `an answer that closes the connection says so and does`() async throws {
        try await serve(handler: { _ in HTTPResponse(status: 200, closesConnection: true) }) { (_, port) throws in
            let client = try RawClient(port: port)
            #expect(try client.exchange(get("/")).field("connection") == "close")
            #expect(try client.isClosed())
        }
    }

    @Test(arguments: [0, 99, 100, 101, 600, 1_000])
    func `an answer that HTTP cannot carry becomes 500`(status: Int) async throws {
        try await serve(handler: { _ in HTTPResponse(status: status) }) { (_, port) throws in
            #expect(try RawClient(port: port).exchange(get("/")).status == 500)
        }
    }

    @Test(arguments: ["a\r\nSet-Cookie: x", "", "a\nb"])
    func `a field that would split the answer becomes 500`(value: String) async throws {
        try await serve(handler: { _ in HTTPResponse(status: 200, fields: [.init("X-Value", value)]) }) { (_, port) throws in
            let answer = try RawClient(port: port).exchange(get("/"))
            #expect(answer.status == 500)
            #expect(answer.field("set-cookie") == nil)
        }
    }

    @Test func `a large answer arrives whole`() async throws {
        let large = [UInt8](repeating: UInt8(ascii: "x"), count: 4 << 20)
        try await serve(handler: { _ in HTTPResponse(status: 200, body: large) }) { (_, port) throws in
            #expect(try RawClient(port: port).exchange(get("/")).body.utf8.count == large.count)
        }
    }

    @Test func `the handler sees the address of a network peer`() async throws {
        try await serve(handler: { HTTPResponse(status: 200, body: Array("\($0.peer)".utf8)) }) { (_, port) throws in
            #expect(try RawClient(port: port).exchange(get("/")).body == "network(address: \"127.0.0.1\")")
        }
    }

    @Test func `header fields are found in any case, and repetition shows`() async throws {
        let handler: @Sendable (HTTPRequest) async -> HTTPResponse = { request in
            let seen = [
                request.headers["x-one"] ?? "-", request.headers["X-NONE"] ?? "-",
                request.headers.values(of: "x-TWO").joined(separator: "|"),
            ]
            return HTTPResponse(status: 200, body: Array(seen.joined(separator: " ").utf8))
        }
        try await serve(handler: handler) { (_, port) throws in
            let answer = try RawClient(port: port).exchange(get("/", "X-One:\t padded \t", "X-Two: a", "x-two:b", "X-Empty:"))
            #expect(answer.body == "padded - a|b")
        }
    }

    @Test(arguments: [("x-secret", [0x70, 0xc3, 0xfc]), ("X-EMPTY", []), ("X-None", nil)] as [(String, [UInt8]?)])
    func `the bytes of a field are lent as they came`(name: String, expected: [UInt8]?) async throws {
        let handler: @Sendable (HTTPRequest) async -> HTTPResponse = { request in
            let bytes = request.headers.withBytes(of: name) { span in span.withUnsafeBytes { Array($0) } }
            return HTTPResponse(status: bytes == expected ? 200 : 299)
        }
        try await serve(handler: handler) { (_, port) throws in
            let client = try RawClient(port: port)
            // Not UTF-8, so that a string on the way would show.
            client.send(
                Array("GET / HTTP/1.1\r\nHost: a\r\nX-Empty:\r\nX-Secret: p".utf8) + [0xc3, 0xfc]
                    + Array("\r\nX-Secret: later\r\n\r\n".utf8))
            #expect(try client.answer().status == 200)
        }
    }

    @Test func `what the borrower of a field's bytes throws is thrown`() {
        let headers = HTTPHeaders([(name: "X-Secret", value: "a")])
        #expect(throws: ClientError.timedOut) {
            try headers.withBytes(of: "x-secret") { (_) throws(ClientError) in throw ClientError.timedOut }
        }
    }
}
