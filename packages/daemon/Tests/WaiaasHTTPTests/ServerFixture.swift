import WaiaasHTTP

/// The head of a GET for `path` over HTTP/1.1.
func get(_ path: String, _ fields: String...) -> String {
    "GET \(path) HTTP/1.1\r\nHost: localhost\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n"
}

/// A POST of `body` to `path`.
func post(_ path: String, _ body: String, _ fields: String...) -> String {
    "POST \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(body.utf8.count)\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n"
        + body
}

/// Starts a server on a free loopback port, runs `body` on a thread of its own with the server and its port, and stops the server.
func serve<Result: Sendable>(
    limits: HTTPLimits = HTTPLimits(threads: 2), streamTally: HTTPStreamTally = HTTPStreamTally(),
    bodyLimit: (@Sendable (HTTPMethod, String) -> Int)? = nil,
    answering handler: @escaping @Sendable (HTTPRequest) -> HTTPAnswer = Description.atOnce.handler,
    _ body: @escaping @Sendable (HTTPServer, UInt16) throws -> Result
) async throws -> Result {
    let server = try HTTPServer(
        listener: .tcp(address: "127.0.0.1", port: 0), limits: limits, streamTally: streamTally, bodyLimit: bodyLimit,
        refusal: { HTTPResponse(status: $0, fields: [.init("Content-Type", "text/plain")], body: Array("refused \($0)".utf8)) },
        handler: handler)
    try server.start()
    let port = server.port ?? 0
    return try await blocking {
        defer { server.stop() }
        return try body(server, port)
    }
}

/// The same with a handler that may take waiting.
func serve<Result: Sendable>(
    limits: HTTPLimits = HTTPLimits(threads: 2), streamTally: HTTPStreamTally = HTTPStreamTally(),
    handler: @escaping @Sendable (HTTPRequest) async -> HTTPResponse,
    _ body: @escaping @Sendable (HTTPServer, UInt16) throws -> Result
) async throws -> Result {
    try await serve(limits: limits, streamTally: streamTally, answering: { request in .later { await handler(request) } }, body)
}

extension HTTPServer {
    /// A server whose handler may take waiting.
    convenience init(
        listener: HTTPListener, limits: HTTPLimits = HTTPLimits(), handler: @escaping @Sendable (HTTPRequest) async -> HTTPResponse
    ) throws {
        try self.init(listener: listener, limits: limits, handler: { request in .later { await handler(request) } })
    }
}

/// Answers with what was asked, in each way that a handler can.
enum Description: CaseIterable {
    case atOnce
    /// In a task that never suspends.
    case inATask
    /// In one that hops to the pool first.
    case afterAHop

    var handler: @Sendable (HTTPRequest) -> HTTPAnswer {
        { request in
            switch self {
            case .atOnce: .now(Self.response(to: request))
            case .inATask: .later { Self.response(to: request) }
            case .afterAHop:
                .later {
                    await Task.yield()
                    return await Task.detached { Self.response(to: request) }.value
                }
            }
        }
    }

    static func response(to request: HTTPRequest) -> HTTPResponse {
        let text = "\(request.method.name) \(request.path) \(request.query.raw) \(String(decoding: request.body, as: UTF8.self))"
        return HTTPResponse(status: 200, fields: [.init("Content-Type", "text/plain")], body: Array(text.utf8))
    }
}

/// A door that handlers wait at.
actor Gate {
    private var isOpen = false
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []

    /// Waits until the door is open.
    func pass() async {
        guard !isOpen else { return }
        await withCheckedContinuation { continuation in
            waiting.append(continuation)
            for watcher in watchers where waiting.count >= watcher.count { watcher.continuation.resume() }
            watchers.removeAll { waiting.count >= $0.count }
        }
    }

    /// Waits until `count` handlers wait.
    func crowd(of count: Int) async {
        guard waiting.count < count else { return }
        await withCheckedContinuation { watchers.append((count, $0)) }
    }

    /// Lets everybody through, from now on.
    func open() {
        isOpen = true
        for continuation in waiting { continuation.resume() }
        waiting = []
    }
}
