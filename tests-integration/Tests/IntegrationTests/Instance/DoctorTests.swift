import Glibc
import Testing
import WaiaasCore

/// `waiaas doctor` on real directories, each hurt in one way.
struct DoctorTests {
    /// The ids that doctor names, without those about the machine that the tests run on.
    private func ids(_ result: CommandResult) throws -> [String] {
        let findings = try #require(try result.json["findings"]?.elements)
        let machine = ["CLOCK-03", "MEM-01", "MEM-02", "SWAP-01", "SWAP-02", "DISK-02"]
        return findings.compactMap { $0["id"]?.string }.filter { !machine.contains($0) }
    }

    /// What doctor says of one subject: its level.
    private func level(_ subject: String, _ result: CommandResult) throws -> String? {
        let checks = try #require(try result.json["checks"]?.elements)
        return checks.first { $0["subject"]?.string == subject }?["level"]?.string
    }

    @Test func `of a fresh directory it advises a first rotation, and after that nothing`() async throws {
        try await World.inside { world in
            #expect(try await ids(world.waiaas("doctor --json").succeeded()) == ["SECRET-01"])
            let daemon = try await world.start()
            #expect(try await ids(world.waiaas("doctor --json --with-password").succeeded()) == ["SECRET-01"])
            try await world.waiaas("secret rotate").succeeded()
            let online = try await world.waiaas("doctor --json --with-password").succeeded()
            #expect(try ids(online) == [])
            #expect(try level("database", online) == "skipped")
            #expect(try await daemon.stop() == .code(0))
            let offline = try await world.waiaas("doctor --json --with-password").succeeded()
            #expect(try ids(offline) == [])
            #expect(try level("database", offline) == "ok" && level("audit", offline) == "ok" && level("secrets", offline) == "ok")
        }
    }

    @Test func `it changes nothing that is kept`() async throws {
        try await World.inside { world in
            let before = try [world.database, world.checkpoints, world.data("config.toml")].map(Files.read)
            try await world.waiaas("doctor --with-password").succeeded()
            #expect(try [world.database, world.checkpoints, world.data("config.toml")].map(Files.read) == before)
        }
    }

    @Test func `a directory that is not there exits 3, and a wrong password 4`() async throws {
        try await World.inside { world in
            try Files.write("another password\n", to: world.path("wrong"))
            try await world.waiaas("doctor --with-password", passwordFile: world.path("wrong")).exited(4)
            try await world.waiaas("doctor", directory: world.path("nowhere")).exited(3)
        }
    }

    /// What hurts a directory, and the faults that doctor then names.
    private static let hurts: [(String, [String], @Sendable (World) async throws -> Void)] = [
        ("a setting that is none", ["CONF-01"], { try Files.write("[daemon]\nprot = 1\n", to: $0.data("config.toml")) }),
        ("a file for others", ["PERM-02"], { try Files.setMode(0o644, of: $0.database) }),
        ("a copy for others", ["PERM-02"], { try Files.write([], to: $0.data("backups/old.db"), mode: 0o640) }),
        ("a directory for others", ["PERM-02"], { try Files.setMode(0o755, of: $0.dataDirectory) }),
        (
            "a link in the place of a file", ["PERM-03"],
            { world in
                try Files.remove(world.data("audit-checkpoints.jsonl"))
                symlink("/etc/passwd", world.data("audit-checkpoints.jsonl"))
            }
        ),
        ("a second name", ["PERM-03"], { _ = link($0.database, $0.path("other")) }),
        ("no database in it", ["DB-01"], { try Files.write("this is a text", to: $0.database) }),
        (
            "a line that is no checkpoint", ["AUDIT-03"],
            { world in
                try Files.write(Files.text(world.checkpoints) + "nonsense\n", to: world.checkpoints)
            }
        ),
        ("a file without its key", ["AUDIT-01"], { try Files.write([], to: $0.checkpoints) }),
    ]

    @Test(arguments: hurts.indices)
    func `each hurt is named by its id, and exits 1`(index: Int) async throws {
        let (name, faults, hurt) = Self.hurts[index]
        try await World.inside { world in
            try await hurt(world)
            let result = try await world.waiaas("doctor --json").exited(1)
            #expect(try ids(result).filter { $0 != "SECRET-01" } == faults, "\(name): \(result.output)")
        }
    }

    @Test(
        .enabled(if: SQLite.isInstalled, "\(SQLite.missing)"),
        arguments: [
            ("DROP TRIGGER audit_log_is_never_changed;", "DB-03"),
            ("UPDATE system_state SET value = 'zz' WHERE key = 'jwt_secret_current';", "SECRET-03"),
        ])
    func `what was changed in the database is named`(statement: String, id: String) async throws {
        try await World.inside { world in
            try await world.sqlite(in: world.dataDirectory).run(statement)
            let result = try await world.waiaas("doctor --json --with-password").exited(1)
            #expect(try ids(result).contains(id), "\(result.output)")
        }
    }

    @Test(.enabled(if: SQLite.isInstalled, "\(SQLite.missing)"))
    func `keys of user tokens that cannot be opened are named, and stop the start`() async throws {
        try await World.inside { world in
            #expect(try await world.start().stop() == .code(0))
            try await world.sqlite(in: world.dataDirectory).run("UPDATE system_state SET value = 'zz' WHERE key = 'user_ring';")
            let result = try await world.waiaas("doctor --json --with-password").exited(1)
            #expect(try ids(result).contains("SECRET-03"), "\(result.output)")
            let start = try await world.waiaas("start --port 0").exited(1)
            #expect(start.errors.contains("user_ring"), "\(start.errors)")
        }
    }

    @Test func `a daemon that does not answer is named`() async throws {
        try await World.withDaemon { daemon in
            kill(daemon.pid, SIGSTOP)
            let silent = try await daemon.world.waiaas("doctor --json").exited(1)
            kill(daemon.pid, SIGCONT)
            #expect(try ids(silent) == ["DAEMON-01"])
        }
    }

    @Test func `SEC-05 a directory of somebody else's is named, and nothing in it opened`() async throws {
        guard geteuid() == 0 else { return }
        try await World.inside { world in
            chown(world.dataDirectory, 1, 1)
            let result = try await world.waiaas("doctor --json").exited(1)
            #expect(try ids(result) == ["PERM-01"])
            #expect(try level("database", result) == "skipped" && level("lock", result) == "skipped")
        }
    }
}
