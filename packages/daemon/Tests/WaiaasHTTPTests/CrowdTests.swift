import Glibc
import Testing
import WaiaasHTTP

@Suite("crowds (NET-07)") struct CrowdTests {
    /// A handler that lets requests for `/wait` stand at `gate`.
    private static func waiting(at gate: Gate) -> @Sendable (HTTPRequest) async -> HTTPResponse {
        { request in
            if request.path == "/wait" { await gate.pass() }
            return Description.response(to: request)
        }
    }

    @Test func `while every connection is in a request, further clients wait for their turn`() async throws {
        let gate = Gate()
        let limits = HTTPLimits(threads: 2, connections: 3, addressPercent: 100)
        try await serve(limits: limits, handler: Self.waiting(at: gate)) { (server, port) throws in
            let first = try (0..<3).map { _ in try RawClient(port: port) }
            for client in first { client.send(get("/wait")) }
            waitFor { await gate.crowd(of: 3) }
            let late = try RawClient(port: port)
            late.send(get("/turn"))
            #expect(server.connectionCount == 3)
            waitFor { await gate.open() }
            for client in first { #expect(try client.answer().status == 200) }
            #expect(try late.answer().body == "GET /turn  ")
            #expect(server.waitForConnections(3))
        }
    }

    @Test func `a new client gets the place of one that is idle, never of one in a request`() async throws {
        let gate = Gate()
        let limits = HTTPLimits(threads: 2, connections: 3, addressPercent: 100)
        try await serve(limits: limits, handler: Self.waiting(at: gate)) { (server, port) throws in
            let busy = try (0..<2).map { _ in try RawClient(port: port) }
            for client in busy { client.send(get("/wait")) }
            waitFor { await gate.crowd(of: 2) }
            let idle = try RawClient(port: port)
            #expect(try idle.exchange(get("/")).status == 200)
            #expect(try RawClient(port: port, host: 2).exchange(get("/new")).body == "GET /new  ")
            #expect(try idle.isClosed())
            waitFor { await gate.open() }
            for client in busy { #expect(try client.answer().status == 200) }
        }
    }

    @Test(arguments: ["", "GET /no-end-of-line"])
    func `clients that never send a whole line shut nobody out`(bytes: String) async throws {
        let limits = HTTPLimits(threads: 2, connections: 4, addressPercent: 100, headTime: .seconds(60))
        try await serve(limits: limits) { (server, port) throws in
            for host in UInt8(2)...4 {
                let silent = try (0..<6).map { _ in try RawClient(port: port, host: host) }
                for client in silent { client.send(bytes) }
                #expect(try RawClient(port: port).exchange(get("/")).status == 200)
                #expect(server.connectionCount <= 4)
            }
        }
    }

    @Test func `room is made by the address that holds most, not by one that has been idle longer`() async throws {
        let limits = HTTPLimits(threads: 2, connections: 4, addressPercent: 100)
        try await serve(limits: limits) { (server, port) throws in
            let lone = try RawClient(port: port, host: 2)
            #expect(try lone.exchange(get("/")).status == 200)
            let many = try (0..<3).map { _ in try RawClient(port: port) }
            for client in many { #expect(try client.exchange(get("/")).status == 200) }
            let others = try (UInt8(3)...4).map { try RawClient(port: port, host: $0) }
            for client in others { #expect(try client.exchange(get("/")).status == 200) }
            #expect(server.connectionCount == 4)
            #expect(try lone.exchange(get("/still-here")).status == 200)
            for client in others { #expect(try client.exchange(get("/still-here")).status == 200) }
        }
    }

    @Test func `an address that has its share gets no more, and the others get theirs`() async throws {
        let gate = Gate()
        let limits = HTTPLimits(threads: 2, connections: 4, addressPercent: 75)
        try await serve(limits: limits, handler: Self.waiting(at: gate)) { (server, port) throws in
            let greedy = try (0..<3).map { _ in try RawClient(port: port) }
            for client in greedy { client.send(get("/wait")) }
            waitFor { await gate.crowd(of: 3) }
            for _ in 0..<3 { #expect(try RawClient(port: port).isClosed()) }
            #expect(server.connectionCount == 3)
            #expect(try RawClient(port: port, host: 2).exchange(get("/")).status == 200)
            waitFor { await gate.open() }
            for client in greedy { #expect(try client.answer().status == 200) }
        }
    }

    @Test func `beyond its share an address takes the places of its own idle connections`() async throws {
        let limits = HTTPLimits(threads: 2, connections: 4, addressPercent: 50)
        try await serve(limits: limits) { (server, port) throws in
            let other = try RawClient(port: port, host: 2)
            #expect(try other.exchange(get("/")).status == 200)
            // Each held open and asked once: what one client needed to keep all places for itself.
            let clients = try (0..<12).map { _ in
                let client = try RawClient(port: port)
                #expect(try client.exchange(get("/")).status == 200)
                return client
            }
            #expect(server.waitForConnections(3))
            #expect(try clients[0].isClosed())
            #expect(try other.exchange(get("/")).status == 200)
        }
    }

    @Test(arguments: [false, true])
    func `whoever takes an answer slowly has its time for that, also while all places are taken`(waits: Bool) async throws {
        let limits = HTTPLimits(threads: 1, connections: 1, addressPercent: 100, crowdedIdleTime: .milliseconds(400))
        let large = HTTPResponse(status: 200, body: [UInt8](repeating: UInt8(ascii: "x"), count: 32 << 20))
        try await serve(limits: limits, answering: { _ in waits ? .later { large } : .now(large) }) { (_, port) throws in
            let slow = try RawClient(port: port)
            slow.send(get("/"))
            // tidy:allow sleep because only time shows that nothing ends with it
            usleep(1_200_000)
            #expect(try slow.answer().body.utf8.count == large.body.count)
        }
    }

    @Test(arguments: [1, 4])
    func `idle connections are given less time while most places are taken`(served: Int) async throws {
        let limits = HTTPLimits(
            threads: 1, connections: 4, addressPercent: 100, headTime: .seconds(60), idleTime: .seconds(60),
            crowdedIdleTime: .milliseconds(100))
        try await serve(limits: limits) { (server, port) throws in
            let clients = try (0..<4).map { _ in try RawClient(port: port) }
            for client in clients.suffix(served) { #expect(try client.exchange(get("/")).status == 200) }
            // As soon as one is gone the rest may stay.
            #expect(server.waitForConnections(atMost: 3))
        }
    }

    @Test(arguments: ["GET / HTTP/1.1\r\nHost: a\r\n", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe"])
    func `requests that two addresses never finish do not hold all places until their own time is over`(half: String) async throws {
        let limits = HTTPLimits(
            threads: 1, connections: 4, addressPercent: 50, headTime: .seconds(60), bodyTime: .seconds(60),
            crowdedIdleTime: .milliseconds(100))
        try await serve(limits: limits) { (server, port) throws in
            let crowd = try [UInt8(2), 2, 3, 3].map { try RawClient(port: port, host: $0) }
            for client in crowd { client.send(half) }
            #expect(try RawClient(port: port, host: 4).exchange(get("/late")).body == "GET /late  ")
            withExtendedLifetime(crowd) {}
        }
    }

    @Test func `a half-sent request keeps its time while there are places`() async throws {
        let limits = HTTPLimits(
            threads: 1, connections: 8, addressPercent: 100, headTime: .milliseconds(200), bodyTime: .seconds(60),
            crowdedIdleTime: .milliseconds(20))
        try await serve(limits: limits) { (_, port) throws in
            let slow = try RawClient(port: port)
            slow.send("POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe")
            // It is cut off after the time for a head, so ten times the shorter limit has passed the slow one.
            #expect(try RawClient(port: port).isClosed())
            #expect(try slow.exchange("llo").body == "POST /slow  hello")
        }
    }

    @Test func `idle connections keep their time while a quarter of the places is free`() async throws {
        let limits = HTTPLimits(
            threads: 1, connections: 4, addressPercent: 100, headTime: .milliseconds(200), idleTime: .seconds(60),
            crowdedIdleTime: .milliseconds(20))
        try await serve(limits: limits) { (_, port) throws in
            let idle = try (0..<2).map { _ in try RawClient(port: port) }
            for client in idle { #expect(try client.exchange(get("/")).status == 200) }
            // It is cut off after the time for a head, so ten times the shorter limit has passed the idle ones.
            #expect(try RawClient(port: port).isClosed())
            for client in idle { #expect(try client.exchange(get("/")).status == 200) }
        }
    }
}
