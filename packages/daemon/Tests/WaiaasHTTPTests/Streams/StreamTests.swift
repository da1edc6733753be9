import Synchronization
import Testing
import WaiaasHTTP

@Suite("streams") struct StreamTests {
    /// Lets go of something when its last reference goes.
    private final class Lease: Sendable {
        let released: @Sendable () -> Void
        init(_ released: @escaping @Sendable () -> Void) { self.released = released }
        deinit { released() }
    }

    /// Answers every path that begins with `/stream` with the broadcast, and any other as `Description` does.
    private static func handler(
        _ broadcast: HTTPBroadcast, repeatEvery: Duration? = nil, lease: (@Sendable () -> any AnyObject & Sendable)? = nil
    ) -> @Sendable (HTTPRequest) async -> HTTPResponse {
        { request in
            guard request.path.hasPrefix("/stream") else { return Description.response(to: request) }
            if request.path.hasSuffix("/later") { await Task.yield() }
            return HTTPResponse(
                status: 200, fields: [.init("Content-Type", "text/plain")], body: Array("begin|".utf8),
                stream: HTTPStream(of: broadcast, repeatEvery: repeatEvery, lease: lease?()))
        }
    }

    private static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test(arguments: ["/stream", "/stream/later"])
    func `a stream is a head, a beginning, and frames as they come`(path: String) async throws {
        let broadcast = HTTPBroadcast()
        broadcast.publish(Self.text("old|"))
        broadcast.publish(Self.text("one|"))
        try await serve(handler: Self.handler(broadcast)) { (server, port) throws in
            let client = try RawClient(port: port)
            client.send(get(path))
            let head = try client.read(until: "\r\n\r\n")
            let lines = head.split(separator: "\r\n")
            #expect(lines.first == "HTTP/1.1 200 OK")
            #expect(lines.contains("Content-Type: text/plain"))
            #expect(lines.contains("Connection: close"))
            #expect(lines.contains { $0.hasPrefix("Date: ") })
            #expect(!head.contains("Content-Length") && !head.contains("Transfer-Encoding"))
            #expect(try client.read(until: "|") == "begin")
            #expect(try client.read(until: "|") == "one")
            for number in 2...50 {
                broadcast.publish(Self.text("\(number)|"))
                #expect(try client.read(until: "|") == "\(number)")
            }
            #expect(server.streamCount == 1)
            broadcast.end(with: Self.text("last|"))
            broadcast.publish(Self.text("too late|"))
            #expect(try client.read(until: "|") == "last")
            #expect(try client.isClosed())
            #expect(server.waitForStreams(0))
        }
    }

    @Test func `a client that comes before the first frame waits for it`() async throws {
        let broadcast = HTTPBroadcast()
        try await serve(handler: Self.handler(broadcast)) { (server, port) throws in
            let client = try RawClient(port: port)
            client.send(get("/stream"))
            #expect(try client.read(until: "|").hasSuffix("begin"))
            broadcast.publish(Self.text("one|"))
            #expect(try client.read(until: "|") == "one")
        }
    }

    @Test func `a client that is slow skips frames and ends up with the newest`() async throws {
        let broadcast = HTTPBroadcast()
        let tally = HTTPStreamTally()
        let filling = String(repeating: "x", count: 200_000)
        try await serve(streamTally: tally, handler: Self.handler(broadcast)) { (server, port) throws in
            let slow = try RawClient(port: port)
            slow.send(get("/stream"))
            #expect(try slow.read(until: "|").hasSuffix("begin"))
            let quick = try RawClient(port: port)
            quick.send(get("/stream"))
            _ = try quick.read(until: "|")
            for number in 1...100 {
                broadcast.publish(Self.text("\(number)\(filling)|"))
                // In step with a client that reads: the slow one cannot make it wait.
                #expect(try quick.read(until: "|") == "\(number)\(filling)")
            }
            var seen: [Int] = []
            while seen.last != 100 {
                let frame = try slow.read(until: "|")
                seen.append(Int(frame.prefix { $0 != "x" }) ?? -1)
                #expect(frame.utf8.count > filling.utf8.count)
            }
            #expect(seen == seen.sorted() && Set(seen).count == seen.count)
            #expect(seen.count < 90)
            #expect(tally.counts.framesSkipped == UInt64(100 - seen.count))
        }
    }

    @Test func `a client that reads nothing is cut off, and harms nobody`() async throws {
        let broadcast = HTTPBroadcast()
        let tally = HTTPStreamTally()
        let limits = HTTPLimits(threads: 1, streamStallTime: .milliseconds(300))
        let released = Atomic(0)
        let lease: @Sendable () -> any AnyObject & Sendable = { Lease { released.wrappingAdd(1, ordering: .relaxed) } }
        try await serve(limits: limits, streamTally: tally, handler: Self.handler(broadcast, lease: lease)) { (server, port) throws in
            let stuck = try (0..<5).map { _ in try RawClient(port: port) }
            for client in stuck { client.send(get("/stream")) }
            let reader = try RawClient(port: port)
            reader.send(get("/stream"))
            _ = try reader.read(until: "|")
            #expect(server.waitForStreams(6))
            let frame = Self.text(String(repeating: "x", count: 300_000) + "|")
            #expect(
                waitUntil {
                    broadcast.publish(frame)
                    return (try? reader.read(until: "|").utf8.count) == 300_000 && server.streamCount == 1
                })
            #expect(tally.counts.dropped == 5)
            #expect(released.load(ordering: .relaxed) == 5)
            #expect(try RawClient(port: port).exchange(get("/")).status == 200)
        }
    }

    @Test func `a client that leaves is noticed at once, also in the middle of a frame`() async throws {
        let broadcast = HTTPBroadcast()
        let tally = HTTPStreamTally()
        broadcast.publish([UInt8](repeating: 0x78, count: 4 << 20))
        let released = Atomic(0)
        let lease: @Sendable () -> any AnyObject & Sendable = { Lease { released.wrappingAdd(1, ordering: .relaxed) } }
        try await serve(streamTally: tally, handler: Self.handler(broadcast, lease: lease)) { (server, port) throws in
            for _ in 0..<20 {
                let client = try RawClient(port: port)
                client.send(get("/stream"))
                _ = try client.read(until: "xxx")
            }
            #expect(server.waitForStreams(0))
            #expect(waitUntil { released.load(ordering: .relaxed) == 20 })
            #expect(tally.counts.left == 20 && tally.counts.opened == 20)
            #expect(server.waitForConnections(0))
        }
    }

    @Test func `streams take no connection's place, and beyond their own number there is 503`() async throws {
        let broadcast = HTTPBroadcast()
        broadcast.publish(Self.text("one|"))
        try await serve(limits: HTTPLimits(threads: 1, connections: 4, addressPercent: 100, streams: 8), handler: Self.handler(broadcast)) {
            (server, port) throws in
            let clients = try (0..<8).map { _ in
                let client = try RawClient(port: port)
                client.send(get("/stream"))
                #expect(try client.read(until: "one").hasSuffix("begin|"))
                return client
            }
            #expect(server.streamCount == 8)
            #expect(try RawClient(port: port).exchange(get("/stream")).status == 503)
            // The place of the one that was refused may not be free yet.
            let ordinary = try (0..<3).map { _ in try RawClient(port: port) }
            for client in ordinary { #expect(try client.exchange(get("/")).status == 200) }
            withExtendedLifetime(clients) {}
        }
    }

    @Test func `what has nothing new to say is repeated`() async throws {
        let broadcast = HTTPBroadcast()
        broadcast.publish(Self.text("one|"))
        try await serve(handler: Self.handler(broadcast, repeatEvery: .milliseconds(20))) { (_, port) throws in
            let client = try RawClient(port: port)
            client.send(get("/stream"))
            _ = try client.read(until: "begin|")
            for _ in 0..<3 { #expect(try client.read(until: "|") == "one") }
        }
    }

    @Test func `HEAD gets the head of a stream`() async throws {
        let broadcast = HTTPBroadcast()
        try await serve(handler: Self.handler(broadcast)) { (server, port) throws in
            let client = try RawClient(port: port)
            client.send("HEAD /stream HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try client.answer(withBody: false).status == 200)
            #expect(try client.isClosed())
            #expect(server.streamCount == 0)
        }
    }

    @Test func `a field that HTTP cannot carry makes no stream`() async throws {
        let broadcast = HTTPBroadcast()
        let handler: @Sendable (HTTPRequest) async -> HTTPResponse = { _ in
            HTTPResponse(status: 200, fields: [.init("X-A", "a\r\nX-B: b")], stream: HTTPStream(of: broadcast))
        }
        try await serve(handler: handler) { (server, port) throws in
            #expect(try RawClient(port: port).exchange(get("/stream")).status == 500)
            #expect(server.streamCount == 0)
        }
    }

    @Test func `drain waits for streams until their broadcast ends`() async throws {
        let broadcast = HTTPBroadcast()
        broadcast.publish(Self.text("one|"))
        try await serve(handler: Self.handler(broadcast)) { (server, port) throws in
            let client = try RawClient(port: port)
            client.send(get("/stream"))
            _ = try client.read(until: "one|")
            #expect(waitFor { await server.drain(for: .milliseconds(20)) } == 1)
            broadcast.end()
            #expect(waitFor { await server.drain(for: .seconds(10)) } == 0)
            #expect(try client.isClosed())
        }
    }

    @Test func `a stream that is over waits for nobody who takes nothing`() async throws {
        let broadcast = HTTPBroadcast()
        broadcast.publish([UInt8](repeating: 0x78, count: 8 << 20))
        try await serve(handler: Self.handler(broadcast)) { (server, port) throws in
            let client = try RawClient(port: port)
            client.send(get("/stream"))
            _ = try client.read(until: "xxx")
            broadcast.end()
            #expect(server.waitForStreams(0))
        }
    }

    @Test(arguments: 0..<5)
    func `a server stops with streams open and others coming`(round: Int) async throws {
        let broadcast = HTTPBroadcast()
        broadcast.publish(Self.text("one|"))
        let released = Atomic(0)
        let asked = Atomic(0)
        let server = try HTTPServer(
            listener: .tcp(address: "127.0.0.1", port: 0),
            handler: Self.handler(broadcast) {
                asked.wrappingAdd(1, ordering: .relaxed)
                return Lease { released.wrappingAdd(1, ordering: .relaxed) }
            })
        try server.start()
        let port = try #require(server.port)
        async let coming: Void = blocking {
            var clients: [RawClient] = []
            while clients.count < 200, let client = try? RawClient(port: port), client.send(get("/stream")) { clients.append(client) }
        }
        try await blocking {
            #expect(waitUntil { server.streamCount >= 20 + round })
            for _ in 0..<100 { broadcast.publish(Self.text("more|")) }
        }
        server.stop()
        _ = try await coming
        #expect(server.streamCount == 0)
        #expect(waitUntil { released.load(ordering: .relaxed) == asked.load(ordering: .relaxed) })
    }
}
