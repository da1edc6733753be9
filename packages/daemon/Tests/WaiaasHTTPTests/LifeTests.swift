import Glibc
import Testing
import WaiaasHTTP

@Suite("life of a server") struct LifeTests {
    private static let ok: @Sendable (HTTPRequest) async -> HTTPResponse = { _ in HTTPResponse(status: 200) }

    @Test func `an address that is in use is named`() throws {
        let first = try HTTPServer(listener: .tcp(address: "127.0.0.1", port: 0), handler: Self.ok)
        try first.start()
        defer { first.stop() }
        let port = try #require(first.port)
        #expect(first.address == "127.0.0.1:\(port)")
        let second = try HTTPServer(listener: .tcp(address: "127.0.0.1", port: port), handler: Self.ok)
        #expect(throws: HTTPServerError.addressInUse(address: "127.0.0.1:\(port)")) { try second.start() }
    }

    @Test(arguments: ["localhost", "", "127.0.0.1:80", "1.2.3", "[::1]"])
    func `a listener that is no address is refused`(address: String) throws {
        let server = try HTTPServer(listener: .tcp(address: address, port: 0), handler: Self.ok)
        #expect(throws: HTTPServerError.invalidAddress(address: address)) { try server.start() }
    }

    @Test func `an address of another machine is refused`() throws {
        let server = try HTTPServer(listener: .tcp(address: "192.0.2.1", port: 0), handler: Self.ok)
        #expect(throws: HTTPServerError.addressNotAvailable(address: "192.0.2.1:0")) { try server.start() }
    }

    @Test func `a server starts once`() throws {
        let server = try HTTPServer(listener: .tcp(address: "127.0.0.1", port: 0), handler: Self.ok)
        try server.start()
        #expect(throws: HTTPServerError.alreadyStarted) { try server.start() }
        server.stop()
        #expect(throws: HTTPServerError.alreadyStarted) { try server.start() }
    }

    @Test func `a port can be had again as soon as its server has stopped`() async throws {
        let port = try await serve { (_, port) throws in
            #expect(try RawClient(port: port).exchange(get("/")).status == 200)
            return port
        }
        let again = try HTTPServer(listener: .tcp(address: "127.0.0.1", port: port), handler: Self.ok)
        try again.start()
        again.stop()
    }

    @Test func `after stopAccepting nobody gets in, and open connections go on`() async throws {
        try await serve { (server, port) throws in
            let client = try RawClient(port: port)
            #expect(try client.exchange(get("/1")).status == 200)
            server.stopAccepting()
            #expect(throws: ClientError.cannotConnect(ECONNREFUSED)) { try RawClient(port: port) }
            #expect(try client.exchange(get("/2")).status == 200)
        }
    }

    @Test func `drain waits for the handlers that run`() async throws {
        let gate = Gate()
        let server = try HTTPServer(listener: .tcp(address: "127.0.0.1", port: 0)) { _ in
            await gate.pass()
            return HTTPResponse(status: 200)
        }
        try server.start()
        defer { server.stop() }
        let port = try #require(server.port)
        async let answer = blocking { try RawClient(port: port).exchange(get("/")).status }
        await gate.crowd(of: 1)
        server.stopAccepting()
        #expect(await server.drain(for: .milliseconds(20)) == 1)
        async let left = server.drain(for: .seconds(10))
        await gate.open()
        #expect(await left == 0)
        #expect(try await answer == 200)
    }

    @Test func `drain does not wait for idle connections`() async throws {
        try await serve { (server, port) throws in
            let client = try RawClient(port: port)
            #expect(try client.exchange(get("/")).status == 200)
            #expect(waitFor { await server.drain(for: .seconds(10)) } == 0)
        }
    }

    @Test func `drain waits for a request that is half sent`() async throws {
        try await serve { (server, port) throws in
            let client = try RawClient(port: port)
            client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
            #expect(try client.answer().status == 100)
            #expect(waitFor { await server.drain(for: .milliseconds(20)) } == 1)
            #expect(try client.exchange("hello").status == 200)
            #expect(waitFor { await server.drain(for: .seconds(10)) } == 0)
        }
    }

    @Test func `stop cancels handlers that wait and ends their connections`() async throws {
        let gate = Gate()
        let cancelled = Gate()
        let server = try HTTPServer(listener: .tcp(address: "127.0.0.1", port: 0)) { _ in
            await withTaskCancellationHandler {
                await gate.pass()
            } onCancel: {
                Task { await cancelled.open() }
            }
            return HTTPResponse(status: 200)
        }
        try server.start()
        let port = try #require(server.port)
        async let clients = blocking {
            let clients = try (0..<16).map { _ in try RawClient(port: port) }
            for client in clients { client.send(get("/")) }
            return clients.map { (try? $0.answer().status) ?? 503 }
        }
        await gate.crowd(of: 16)
        server.stop()
        await cancelled.pass()
        // Late: the connections are gone, the handlers' answers are dropped.
        await gate.open()
        #expect(try await clients == Array(repeating: 503, count: 16))
    }

    @Test func `a client that leaves while its handler waits harms nobody`() async throws {
        let gate = Gate()
        let server = try HTTPServer(listener: .tcp(address: "127.0.0.1", port: 0)) { request in
            if request.path == "/wait" { await gate.pass() }
            return HTTPResponse(status: 200, body: [UInt8](repeating: 0, count: 1 << 20))
        }
        try server.start()
        defer { server.stop() }
        let port = try #require(server.port)
        async let gone: Void = blocking {
            for _ in 0..<16 { try RawClient(port: port).send(get("/wait")) }
        }
        try await gone
        await gate.crowd(of: 16)
        await gate.open()
        try await blocking { () throws in
            #expect(server.waitForConnections(0))
            #expect(try RawClient(port: port).exchange(get("/")).status == 200)
        }
    }

    @Test(arguments: 0..<5)
    func `a server stops under load`(round: Int) async throws {
        let server = try HTTPServer(
            listener: .tcp(address: "127.0.0.1", port: 0), handler: (round.isMultiple(of: 2) ? Description.afterAHop : .atOnce).handler)
        try server.start()
        let port = try #require(server.port)
        async let served = blocking {
            let clients = try (0..<32).map { _ in try RawClient(port: port) }
            var count = 0
            while clients.allSatisfy({ $0.send(get("/")) }), clients.allSatisfy({ (try? $0.answer()) != nil }) { count += 1 }
            return count
        }
        try await blocking { () throws in
            #expect(server.waitForConnections(32))
            #expect(try RawClient(port: port).exchange(get("/")).status == 200)
        }
        server.stop()
        _ = try await served
        #expect(server.connectionCount == 0)
    }
}
