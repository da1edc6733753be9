import Testing
import WaiaasAPI
import WaiaasCore

@Suite("Backup and restore")
struct BackupTests {
    /// The state of a token in a data directory whose daemon is started for it.
    private static func verdicts(on tokens: [String], in world: World) async throws -> [String] {
        let daemon = try await world.start()
        var verdicts: [String] = []
        for token in tokens { verdicts.append(try await daemon.verdict(on: token)) }
        #expect(try await daemon.stop() == .code(0))
        return verdicts
    }

    @Test func `a backup taken under load restores elsewhere; sessions of before are refused, with --keep-sessions they live (SEC-15)`()
        async throws
    {
        try await World.inside { world in
            let daemon = try await world.start(environment: ["WAIAAS_SECURITY_MAX_SESSIONS_PER_AGENT": "1000000"])
            let agent = try await daemon.agent("trader")
            let (kept, revoked) = (try await daemon.grant(to: agent), try await daemon.grant(to: agent))
            let before = try await daemon.socket.call(GetSecrets.self, as: daemon.operator).current.kid
            let ledger = Ledger()
            let load = Load(clients: 4) { number in
                var client = LedgerClient(
                    try Connection(daemon.socket.door), agent: agent, as: daemon.operator, ledger: ledger,
                    generator: SeededGenerator(seed: UInt64(number)))
                return { try client.next() }
            }
            try await eventually("some load") { (load.said.values.reduce(0, +)) > 50 }
            let made = try await world.waiaas("backup create --output \(world.path("b")) --json").succeeded().json
            #expect(made["path"]?.string == world.path("b"))
            let said = try await load.stop()
            #expect(said.keys.allSatisfy { !$0.hasPrefix("5") && !$0.hasPrefix("broken") }, "\(said)")
            #expect(try Files.list(world.data("backups")) == [])
            #expect(try Files.mode(world.path("b")) == 0o600)
            // What comes after the backup: a revocation and a rotation.
            try await world.waiaas("session revoke \(revoked.sessionID)").succeeded()
            try await daemon.rotate()
            #expect(try await daemon.auditNames().contains("BACKUP_CREATED"))
            try await daemon.stop()

            let verified = try await world.waiaas("backup verify \(world.path("b")) --json", directory: world.path("none")).succeeded().json
            #expect((verified["sessions"]?.integer ?? 0) >= 2 && verified["agents"]?.integer == 1)
            #expect(!Files.exists(world.path("none")), "verify touches no data directory")

            let fresh = world.at("fresh")
            let restored = try await world.waiaas("restore \(world.path("b")) --yes --json", directory: fresh.dataDirectory).succeeded()
                .json
            #expect((restored["sessionsEnded"]?.integer ?? 0) >= 2 && restored["keptAt"] == nil)
            #expect(restored["sessionKid"]?.string != before.text)
            #expect(try await Self.verdicts(on: [kept.token, revoked.token], in: fresh) == ["401 INVALID_TOKEN", "401 INVALID_TOKEN"])
            try await fresh.waiaas("audit verify").succeeded()

            let lively = world.at("lively")
            let relived = try await world.waiaas("restore \(world.path("b")) --keep-sessions --yes", directory: lively.dataDirectory)
                .succeeded()
            #expect(relived.output.contains("came back to life, signed by \(before)"))
            #expect(relived.output.contains("secret rotate --compromised"))
            #expect(try await Self.verdicts(on: [kept.token, revoked.token], in: lively) == ["200 current", "200 current"])
            try await lively.waiaas("audit verify").succeeded()
        }
    }

    @Test func `a restore over a directory says what it undoes, keeps what was there, and the log says so`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let grant = try await daemon.grant(to: "trader")
            try await world.waiaas("backup create --output \(world.path("b"))").succeeded()
            try await world.waiaas("session revoke \(grant.sessionID)").succeeded()
            try await daemon.rotate()
            let held = try await world.waiaas("restore \(world.path("b")) --yes").exited(2)
            #expect(held.errors.contains("already running"))
            try await daemon.stop()
            try Files.copy(world.checkpoints, to: world.path("copy.jsonl"))

            let restored = try await world.waiaas("restore \(world.path("b")) --keep-sessions --yes").succeeded()
            #expect(restored.errors.contains("newer there, and undone"))
            #expect(restored.errors.contains("SECRET_ROTATED") && restored.errors.contains("SESSION_REVOKED"))
            #expect(restored.output.contains("HAD ENDED SINCE THE BACKUP"))
            let kept = try #require(try Files.list(world.dataDirectory).first { $0.hasPrefix("before-restore-") })
            #expect(try Files.list(world.data(kept)).contains("waiaas.db"))
            #expect(!Files.text(world.data("config.toml")).contains("\njwt_secret = "))
            #expect(try await Self.verdicts(on: [grant.token], in: world) == ["200 current"])

            // Who holds newer checkpoints is told of the restore, and what it left.
            let verdict = try await world.waiaas("audit verify --checkpoints \(world.path("copy.jsonl"))").succeeded()
            #expect(verdict.output.contains("restored: record "))
            // A restore on an empty machine could not know them.
            try await world.waiaas("restore \(world.path("b")) --yes", directory: world.path("empty")).succeeded()
            let told = try await world.waiaas("audit verify --checkpoints \(world.path("copy.jsonl"))", directory: world.path("empty"))
                .exited(1)
            #expect(told.output.contains("the log was restored to record ") && !told.output.contains("cut off the end\n  "))
        }
    }

    @Test func `an older database put beside what a restore left is still refused`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            try await world.waiaas("backup create --output \(world.path("b"))").succeeded()
            try await daemon.stop()
            let older = try await world.copyOfData()
            try await world.waiaas("restore \(world.path("b")) --yes").succeeded()
            try await world.start().stop()
            try Files.remove(world.database)
            try Files.copy(older + "/waiaas.db", to: world.database)
            let refused = try world.launch()
            #expect(try await refused.ended() == .code(1))
            #expect(refused.errors.contains("the database is not the one that was last in use"))
        }
    }

    @Test func `the wrong password is told from damage, and damage is found wherever it is`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let agent = try await daemon.agent("trader")
            for _ in 0..<5 { _ = try await daemon.grant(to: agent) }
            try await world.waiaas("backup create --output \(world.path("b"))").succeeded()
            try await daemon.stop()
            try Files.write("not the password of the day\n", to: world.path("wrong"))
            let wrong = try await world.waiaas("backup verify \(world.path("b"))", passwordFile: world.path("wrong")).exited(4)
            #expect(wrong.errors.contains("wrong master password"))
            try await world.waiaas("restore \(world.path("b")) --yes", directory: world.path("x"), passwordFile: world.path("wrong"))
                .exited(4)
            #expect(!Files.exists(world.path("x")), "a wrong password makes no directory")

            let whole = try Files.read(world.path("b"))
            let places = [0, 15, 17, 60, whole.count - 1] + (0..<(6 * Variables.soak)).map { _ in Int.random(in: whole.indices) }
            for place in places {
                var damaged = whole
                damaged[place] ^= 1 << UInt8.random(in: 0..<8)
                try Files.write(damaged, to: world.path("damaged"))
                let result = try await world.waiaas("backup verify \(world.path("damaged")) --json").exited(1)
                #expect(try result.errorJSON["code"]?.string == "BACKUP_DAMAGED", "byte \(place)")
            }
            for length in [0, 10, 300, whole.count - 1] {
                try Files.write(Array(whole.prefix(length)), to: world.path("damaged"))
                let result = try await world.waiaas("restore \(world.path("damaged")) --yes").exited(1)
                #expect(result.errors.contains("is damaged"))
            }
            // Nothing of it touched the directory.
            try await world.start().stop()
            #expect(try Files.list(world.dataDirectory).filter { $0.hasPrefix("restore") || $0.hasPrefix("before") } == [])
        }
    }

    @Test func `list names what is there, damaged headers too, and needs no password`() async throws {
        try await World.inside { world in
            #expect(try await world.waiaas("backup list").succeeded().output.contains("no backups"))
            try await world.waiaas("backup create").succeeded()
            let name = try #require(try Files.list(world.data("backups")).first)
            try Files.write(Array(try Files.read(world.data("backups/\(name)")).prefix(100)), to: world.data("backups/a.waiaas-backup"))
            try Files.write([1, 2, 3], to: world.data("backups/backup.new"))
            let list = try await world.waiaas(exactly: ["backup", "list", "--data-dir", world.dataDirectory]).succeeded()
            #expect(list.lines.count == 3)
            #expect(list.output.contains("BACKUP_DAMAGED") && list.output.contains(name))
            let json = try await world.waiaas("backup list --json").succeeded().json
            #expect(json["backups"]?.elements.map { Array($0).count } == 2)
        }
    }
}

extension World {
    /// The same world with another data directory.
    func at(_ name: String) -> World { World(self, dataDirectory: path(name)) }
}
