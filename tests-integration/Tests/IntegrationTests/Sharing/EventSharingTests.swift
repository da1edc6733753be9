import Glibc
import Testing
import WaiaasAPI
import WaiaasCore

@Suite("Consumers of event keys at several daemons")
struct EventSharingTests {
    @Test func `what a consumer says to one daemon counts at another, after a restart too`() async throws {
        try await World.inside(isInitialised: false) { world in
            let fleet = try await Fleet.start(2, in: world)
            // Each holds keys and asks one daemon alone, so neither daemon hears both.
            let names = ["service-1", "service-2"]
            var services: [ChildProcess] = []
            for (name, daemon) in zip(names, fleet.daemons) {
                let token = try await fleet.worlds[0].eventToken(name)
                try await eventually("\(name) is known") { try await daemon.loaded(by: name) != nil }
                services.append(try world.eventService(name, peers: names.filter { $0 != name }, ["daemon", daemon.url, token]))
            }
            for service in services { try await eventually("ready") { service.output.contains("ready ") } }
            for (number, other) in [(0, 1), (1, 0)] {
                let before = try await fleet.worlds[number].eventKid()
                try await fleet.worlds[number].waiaas("event rotate --window 2 --wait").succeeded()
                let kid = try await fleet.worlds[number].eventKid()
                #expect(kid != before)
                for name in names {
                    for daemon in fleet.daemons {
                        try await eventually("\(name) signs with the key") { try await daemon.loaded(by: name)?.first?.text == kid }
                    }
                }
                try await eventually("the other daemon's key") { try await fleet.worlds[other].eventKid() == kid }
            }
            for service in services { service.send(SIGTERM) }
            for service in services {
                #expect(try await service.ended() == .code(0), "\(service.output.suffix(2_000))")
                #expect(service.total("failed") == 0 && (service.total("accepted") ?? 0) > 100, "\(service.output.suffix(2_000))")
            }
            let kid = try await fleet.worlds[0].eventKid()
            try await fleet.daemons[1].kill9()
            let again = try await fleet.worlds[1].start()
            for name in names { #expect(try await again.loaded(by: name)?.first?.text == kid, "\(name)") }
            #expect(try await again.auditNames().count { $0 == "EVENT_ROTATION_HALTED" } == 0)
        }
    }

    @Test(.enabled(if: SQLite.isInstalled, "\(SQLite.missing)"))
    func `polls that say the same as before write nothing`() async throws {
        try await World.inside(isInitialised: false) { world in
            let fleet = try await Fleet.start(2, in: world)
            let token = try await fleet.daemons[0].eventConsumer("web")
            let kid = try await fleet.worlds[0].eventKid()
            let poll = Request("GET", "/v1/events/keyset?loaded=\(kid)", as: .bearer(token: token))
            // It is sealed anew whenever it is written, so the same text means that nobody wrote.
            let database = fleet.worlds[1].sqlite(in: fleet.worlds[1].dataDirectory)
            func row() async throws -> [String] {
                try await database.run("SELECT value FROM system_state WHERE key = 'event_acknowledgements';")
            }
            #expect(try await fleet.daemons[0].network.send(poll).status == 200)
            try await eventually("it is known there") { try await fleet.daemons[1].loaded(by: "web")?.map(\.text) == [kid] }
            let before = try await row()
            #expect(before.count == 1)
            for number in 0..<50 { #expect(try await fleet.daemons[number % 2].network.send(poll).status == 200) }
            // tidy:allow sleep because nothing shall happen within two ticks
            try await Task.sleep(for: .seconds(2))
            #expect(try await row() == before)
        }
    }
}

extension DaemonProcess {
    /// What it knows of a consumer: the kids it has loaded; nil for a consumer that it does not know.
    fileprivate func loaded(by name: String) async throws -> [KeyID]? {
        let status = try await socket.call(GetEventStatus.self, as: `operator`)
        return status.consumers.first { $0.name.text == name }.map { $0.loaded ?? [] }
    }
}
