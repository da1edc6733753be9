import Glibc
import Testing
import WaiaasAPI
import WaiaasCore

@Suite("Reading the configuration again")
struct ReloadTests {
    private static func set(_ lines: [(String, String)], in world: World) throws {
        var text = Files.text(world.data("config.toml"))
        for (commented, line) in lines {
            try #require(text.contains("# \(commented)\n"), "\(commented)")
            text = text.replacing("# \(commented)\n", with: "\(line)\n")
        }
        try Files.write(text, to: world.data("config.toml"))
    }

    private static func health(_ daemon: DaemonProcess, host: String) async throws -> Int {
        try await daemon.network.send(Request("GET", "/health", [("Host", host)])).status
    }

    @Test func `SIGHUP makes a changed file effective, says so, and a file with a fault changes nothing (OPS-08)`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            #expect(try await Self.health(daemon, host: "w.example.org") == 403)
            try Self.set(
                [
                    ("hosts = []", #"hosts = ["w.example.org"]"#), ("session_ttl = 86400", "session_ttl = 600"),
                    ("port = 3100", "port = 3200"),
                ],
                in: world)
            kill(daemon.pid, SIGHUP)
            try await eventually("the reload") { daemon.log.contains("configuration reloaded") }
            #expect(try await Self.health(daemon, host: "w.example.org") == 200)
            #expect(daemon.log.contains("setting changed setting=security.session_ttl old=86400 new=600"))
            // The port of the start was a flag, which is stronger than the file.
            #expect(!daemon.log.contains("setting=daemon.port"))
            let record = try #require(try await daemon.auditRecords().first { $0.event == "CONFIGURATION_RELOADED" })
            #expect(record.details.contains("http.hosts,http.operator_over_tcp,security.session_ttl"), "\(record.details)")
            #expect(record.actor == "system")

            try Self.set([("max_renewals = 30", "max_renewals = 500")], in: world)
            let line =
                Files.text(world.data("config.toml")).split(separator: "\n", omittingEmptySubsequences: false)
                .firstIndex { $0.hasPrefix("max_renewals") }.map { $0 + 1 } ?? 0
            let refused = try await world.waiaas("reload").exited(1)
            #expect(
                refused.errors.contains("config.toml:\(line):1: security.max_renewals must be from 0 to 100, not 500"), "\(refused.errors)")
            #expect(daemon.log.contains("configuration not reloaded"))
            let checked = try await world.waiaas("config check").exited(1)
            #expect(checked.errors.contains("config.toml:\(line):1: security.max_renewals"))
            #expect(try await Self.health(daemon, host: "w.example.org") == 200)
        }
    }

    @Test func `reload tells what changed and what waits, and config show where each value comes from`() async throws {
        try await World.inside { world in
            _ = try await world.start()
            try Self.set(
                [("log_level = \"info\"", "log_level = \"debug\""), ("max_connections = 4096", "max_connections = 100")], in: world)
            let answer = try await world.waiaas("reload --json").succeeded().json
            #expect(answer["changed"]?.elements?.map { $0["setting"]?.string } == ["daemon.log_level"])
            #expect(answer["atNextStart"]?.elements?.map { $0["setting"]?.string } == ["http.max_connections"])
            #expect(try await world.waiaas("reload").succeeded().output.hasPrefix("reloaded: no setting"))
            let shown = try await world.waiaas("config show").succeeded()
            #expect(shown.lines.contains { $0.contains("daemon.log_level") && $0.contains("config.toml:") && $0.contains("by reload") })
            #expect(!shown.output.contains("jwt_secret"))
        }
    }

    @Test func `the service manager hears that it reloads, with the time, and that it is ready again`() async throws {
        try await World.inside { world in
            let manager = try NotifySocket(in: world)
            let daemon = try await world.start(environment: ["NOTIFY_SOCKET": manager.path])
            _ = try await manager.message(with: "READY")
            var before = timespec()
            clock_gettime(CLOCK_MONOTONIC, &before)
            kill(daemon.pid, SIGHUP)
            let reloading = try await manager.message(with: "RELOADING")
            let time = try #require(reloading["MONOTONIC_USEC"].flatMap { Int($0) })
            #expect(time >= before.tv_sec * 1_000_000 + before.tv_nsec / 1_000)
            #expect(try await manager.message(with: "READY")["READY"] == "1")
        }
    }
}
