import Glibc
import Testing
import WaiaasCore

@Suite("The event secret under traffic", .serialized)
struct EventTrafficTests {
    /// Four read the file, four ask the daemon.
    private static let names = (1...8).map { "service-\($0)" }

    private static func services(in world: World, _ daemon: DaemonProcess) async throws -> [ChildProcess] {
        // The first rotation writes the file.
        try await world.waiaas("event rotate --window 2 --wait").succeeded()
        var services: [ChildProcess] = []
        for (index, name) in names.enumerated() {
            let source =
                index < 4
                ? ["file", world.eventFile] : ["daemon", "http://127.0.0.1:\(daemon.port)", try await world.eventToken(name)]
            services.append(try world.eventService(name, peers: names.filter { $0 != name }, source))
        }
        for service in services { try await eventually("ready") { service.output.contains("ready ") } }
        return services
    }

    @Test func `A3: no verification breaks, whatever reads the keys, through rotation after rotation`() async throws {
        try await World.inside { world in
            try world.configureEventFile()
            let daemon = try await world.start()
            let services = try await Self.services(in: world, daemon)
            for _ in 0..<(Variables.soak > 1 ? 20 : 3) { try await world.waiaas("event rotate --window 2 --wait").succeeded() }
            for service in services { service.send(SIGTERM) }
            for service in services {
                #expect(try await service.ended() == .code(0), "\(service.output)")
                #expect(service.total("failed") == 0 && (service.total("accepted") ?? 0) > 100, "\(service.output)")
                #expect(service.output.contains("Reloaded spiral event secret"))
            }
        }
    }

    @Test func `a service that stands still is named, and the old key goes on signing until it follows`() async throws {
        try await World.inside { world in
            try world.configureEventFile(ackTimeout: 3)
            let daemon = try await world.start()
            let services = try await Self.services(in: world, daemon)
            let old = try await world.eventKid()
            services[5].send(SIGSTOP)
            let rotation = try await world.waiaas("event rotate --window 2 --wait")
            try rotation.exited(5)
            #expect(rotation.errors.contains("service-6 missing"))
            #expect(try await world.eventKid() == old)
            services[5].send(SIGCONT)
            try await world.waiaas("event resume").succeeded()
            try await world.eventStep("retired")
            #expect(try await world.eventKid() != old)
            for service in services { service.send(SIGTERM) }
            for service in services { #expect(try await service.ended() == .code(0), "\(service.output)") }
        }
    }
}
