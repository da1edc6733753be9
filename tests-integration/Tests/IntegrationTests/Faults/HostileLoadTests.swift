import Glibc
import Testing
import WaiaasCore

@Suite("Hostile load (NET-07)")
struct HostileLoadTests {
    /// Connections that are held open, from an address of the loopback network.
    private final class Crowd: @unchecked Sendable {
        // Safe to share: filled before anybody else sees it.
        private(set) var connections: [Connection] = []

        /// Opens so many; one that is refused or closed is not counted.
        init(_ count: Int, from host: UInt8, to daemon: DaemonProcess, saying bytes: [UInt8]) {
            for _ in 0..<count {
                guard let connection = try? Connection(.network(port: daemon.port), from: host), (try? connection.send(bytes)) != nil else {
                    continue
                }
                connections.append(connection)
            }
        }
    }

    private static let halfHead = Array("GET /health HTTP/1.1\r\nHost: localhost\r\nX-Long: ".utf8)
    private static let halfBody = Array(
        "POST /v1/agents HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{".utf8)

    @Test func `bodies that two addresses never finish give their places back before their time, and the operator's door is never shut`()
        async throws
    {
        try await World.inside { world in
            let daemon = try await world.start(environment: ["WAIAAS_HTTP_MAX_CONNECTIONS": "64"])
            let grant = try await daemon.grant(to: "trader")
            let begin = ContinuousClock.now
            let crowds = try await onThread { (UInt8(2)...3).map { Crowd(48, from: $0, to: daemon, saying: Self.halfBody) } }
            #expect(try await daemon.socket.send(Request("GET", "/v1/sessions", as: daemon.operator)).status == 200)
            #expect(try await daemon.verdict(on: grant.token) == "200 current")
            // A body has thirty seconds, but not while others wait for a place.
            #expect(ContinuousClock.now - begin < .seconds(25))
            withExtendedLifetime(crowds) {}
        }
    }

    @Test func `thousands of connections with huge half heads cost no more memory than the limits allow`() async throws {
        let count = Variables.soak > 1 ? 10_000 : 1_500
        try await World.inside { world in
            var limit = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            limit.rlim_cur = limit.rlim_max
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            let daemon = try await world.start()
            let grant = try await daemon.grant(to: "trader")
            let before = daemon.residentKilobytes
            let head = Self.halfHead + [UInt8](repeating: UInt8(ascii: "x"), count: 15_000)
            let crowds = try await onThread { (UInt8(2)...5).map { Crowd(count / 4, from: $0, to: daemon, saying: head) } }
            // At most 4,096 are open, each with a head of at most 16 KiB and what the library keeps beside it.
            let each = Double(daemon.residentKilobytes - before) / Double(min(count, 4_096))
            #expect(each < 48, "\(each) KiB a connection")
            #expect(try await daemon.socket.send(Request("GET", "/v1/sessions", as: daemon.operator)).status == 200)
            #expect(try await daemon.verdict(on: grant.token) == "200 current")
            print("\(count) half heads of 15 KiB: \(crowds.map(\.connections.count)) opened, \(each) KiB each")
            #expect(try await daemon.stop() == .code(0))
            withExtendedLifetime(crowds) {}
        }
    }
}

extension DaemonProcess {
    /// The memory it holds.
    fileprivate var residentKilobytes: Int {
        Files.text("/proc/\(pid)/status").firstMatch(of: #/VmRSS:\s+([0-9]+) kB/#).flatMap { Int($0.1) } ?? 0
    }
}
