import Glibc
import Testing
import WaiaasCore

/// The daemon as a service: what it tells the manager that started it. A real one is booted by `make test-deb`.
@Suite("Service")
struct ServiceTests {
    @Test func `READY when requests are answered, WATCHDOG while it ticks, STOPPING before it goes (OPS-11)`() async throws {
        try await World.inside { world in
            let manager = try NotifySocket(in: world)
            // Half a minute, as in the unit.
            let child = try world.launch(environment: ["NOTIFY_SOCKET": manager.path, "WATCHDOG_USEC": "30000000"])
            let ready = try #require(try await manager.first())
            #expect(ready["READY"] == "1", "the first that is heard: \(ready)")
            let address = try #require(ready["STATUS"]?.wholeMatch(of: #/listening at 127\.0\.0\.1:([0-9]+)/#)?.1)
            let port = try #require(UInt16(address))
            #expect(try await API(door: .network(port: port)).send(Request("GET", "/health")).status == 200)
            for _ in 0..<3 { #expect(try await manager.message(with: "WATCHDOG")["WATCHDOG"] == "1") }
            child.send(SIGTERM)
            #expect(try await manager.message(with: "STOPPING")["STOPPING"] == "1")
            #expect(try await child.ended() == .code(0))
            while let message = manager.next() { #expect(message["READY"] == nil, "it does not come back") }
        }
    }

    @Test func `a start that fails is never READY`() async throws {
        try await World.inside(isInitialised: false) { world in
            let manager = try NotifySocket(in: world)
            let child = try world.launch(environment: ["NOTIFY_SOCKET": manager.path])
            #expect(try await child.ended() == .code(3))
            while let message = manager.next() { #expect(message["READY"] == nil) }
        }
    }
}

extension NotifySocket {
    /// The first message of all.
    fileprivate func first() async throws -> [String: String]? {
        try await eventually("a message", within: .seconds(90)) { next() }
    }
}
