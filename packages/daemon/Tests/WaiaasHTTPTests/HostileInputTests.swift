import Testing
import WaiaasHTTP

@Suite("hostile input") struct HostileInputTests {
    /// A request and the status it gets; nil if the connection is closed without one.
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var request: String
        var status: Int?

        init(_ description: String, _ request: String, _ status: Int?) {
            testDescription = description
            self.request = request
            self.status = status
        }
    }

    static let refused: [Case] = [
        Case(
            "content length and chunks", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400),
        Case("two content lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400),
        Case(
            "two transfer encodings", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n",
            400),
        Case("an unknown transfer encoding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501),
        Case("chunks in HTTP/1.0", "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        Case("a negative content length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400),
        Case("a content length with a sign", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\na", 400),
        Case("a content length list", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\na", 400),
        Case("an empty content length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n", 400),
        Case("a content length beyond 64 bits", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n", 413),
        Case("a content length beyond 63 bits", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9223372036854775808\r\n\r\n", 413),
        Case("no host", "GET / HTTP/1.1\r\n\r\n", 400),
        Case("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        Case("a folded field", "GET / HTTP/1.1\r\nHost: a\r\nX-Fold: one\r\n two\r\nX: y\r\n\r\n", 400),
        Case("a folded last field", "GET / HTTP/1.1\r\nHost: a\r\nX-Fold: one\r\n two\r\n\r\n", 400),
        Case("a space before the colon", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length : 3\r\n\r\n", 400),
        Case("a field without a colon", "GET / HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n", 400),
        Case("a field without a name", "GET / HTTP/1.1\r\nHost: a\r\n: value\r\n\r\n", 400),
        Case("a NUL in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: one\0two\r\nY: z\r\n\r\n", 400),
        Case("a NUL in the last value", "GET / HTTP/1.1\r\nHost: a\r\nX: one\0two\r\n\r\n", 400),
        Case("a NUL in a name", "GET / HTTP/1.1\r\nHost: a\r\nX\0Y: z\r\n\r\n", 400),
        Case("a control character in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: one\u{1}two\r\n\r\n", 400),
        Case("a carriage return in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: one\rtwo\r\n\r\n", 400),
        Case("a line that ends in a bare LF", "GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n", 400),
        Case("a request line that ends in a bare LF", "GET / HTTP/1.1\nHost: a\r\n\r\n", 400),
        Case("a NUL in the path", "GET /a\0b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Case("a NUL in the query", "GET /a?b\0c HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Case("a path beyond ASCII", "GET /ü HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Case("a path that does not begin with a slash", "GET a HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Case("an absolute target", "GET http://a/b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Case("a method that is no token", "G@T / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Case("HTTP/2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
        Case("HTTP/0.9", "GET / HTTP/0.9\r\n\r\n", 505),
        Case("no version", "GET /\r\n\r\n", 400),
        Case("a nonsense version", "GET / HTTPS/1.1\r\nHost: a\r\n\r\n", 400),
        Case("spaces in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Case("two spaces after the method", "GET  /a HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Case("two spaces before the version", "GET /a  HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Case("a tab in the first line", "GET\t/a HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Case("one word", "nonsense\r\n\r\n", nil),
        Case("a malformed chunk size", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nabc\r\n0\r\n\r\n", 400),
        Case("a chunk size beyond 64 bits", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n11111111111111111\r\n", 413),
    ]

    @Test(arguments: refused)
    func `is refused, the connection closed, and no handler called`(_ input: Case) async throws {
        try await serve(handler: { _ in HTTPResponse(status: 299) }) { (_, port) throws in
            let client = try RawClient(port: port)
            client.send(input.request)
            if let status = input.status { #expect(try client.answer().status == status) }
            try client.readToEnd()
            #expect(try RawClient(port: port).exchange(get("/")).status == 299)
        }
    }

    @Test(arguments: [("PURGE", "PURGE"), ("get", "get"), ("TRACE", "TRACE"), ("OPTIONS", "OPTIONS")])
    func `a method the server does not know is left to the handler`(sent: String, seen: String) async throws {
        try await serve { (_, port) throws in
            #expect(try RawClient(port: port).exchange("\(sent) /p HTTP/1.1\r\nHost: a\r\n\r\n").body == "\(seen) /p  ")
        }
    }

    @Test func `HTTP 1.0 is answered and closed`() async throws {
        try await serve { (_, port) throws in
            let client = try RawClient(port: port)
            #expect(try client.exchange("GET /old HTTP/1.0\r\n\r\n").body == "GET /old  ")
            #expect(try client.isClosed())
        }
    }

    @Test(arguments: ["/a%2Fb", "/a/%00", "/%", "/a//b/../c", "/%zz", "/a+b"])
    func `the handler gets the path as it was sent`(path: String) async throws {
        try await serve { (_, port) throws in
            #expect(try RawClient(port: port).exchange(get(path)).body == "GET \(path)  ")
        }
    }

    @Test func `the server's own refusals have the product's form`() async throws {
        try await serve { (_, port) throws in
            let answer = try RawClient(port: port).exchange("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")
            #expect(answer.body == "refused 400")
            #expect(answer.field("content-type") == "text/plain")
            #expect(answer.field("connection") == "close")
        }
    }
}
