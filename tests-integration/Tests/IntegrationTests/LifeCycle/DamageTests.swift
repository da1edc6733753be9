import Testing
import WaiaasCore

@Suite("Damage at rest", .enabled(if: SQLite.isInstalled, "\(SQLite.missing)"))
struct DamageTests {
    @Test func `a damaged database stops the start, and it says what to do next`() async throws {
        try await World.inside { world in
            let whole = try Files.read(world.database)
            let damages: [(String, ([UInt8]) -> [UInt8])] = [
                ("no database at all", { _ in Array("this is a text".utf8) }),
                ("zeros in the middle", { $0.enumerated().map { (4_096..<40_960).contains($0.offset) ? 0 : $0.element } }),
                ("cut in half", { Array($0.prefix($0.count / 2)) }), ("empty", { _ in [] }),
                ("a foreign database", { $0.enumerated().map { (68..<72).contains($0.offset) ? 0x41 : $0.element } }),
            ]
            for (name, damage) in damages {
                try Files.write(damage(whole), to: world.database)
                let result = try await world.waiaas("start --port 0").exited(1)
                #expect(result.errors.contains("hint: "), "\(name): \(result.errors)")
                #expect(result.errors.contains("backup") || result.errors.contains("init"), "\(name): \(result.errors)")
            }
            try Files.write(whole, to: world.database)
            #expect(try await world.start().stop() == .code(0))
        }
    }

    @Test func `a schema of a later release is refused, and nothing in it touched (OPS-12)`() async throws {
        try await World.inside { world in
            try await world.sqlite(in: world.dataDirectory).run("PRAGMA user_version = 99;")
            let before = try Files.read(world.database)
            let result = try await world.waiaas("start --port 0").exited(1)
            #expect(result.errors.contains("later release (schema 99"), "\(result.errors)")
            #expect(try Files.read(world.database) == before)
        }
    }

    @Test func `a dropped trigger of the audit log is noticed`() async throws {
        try await World.inside { world in
            try await world.sqlite(in: world.dataDirectory).run("DROP TRIGGER audit_log_is_never_changed;")
            let result = try await world.waiaas("start --port 0").exited(1)
            #expect(result.errors.contains("audit_log_is_never_changed"), "\(result.errors)")
        }
    }

    @Test func `a configuration without its database is exit 3`() async throws {
        try await World.inside { world in
            try Files.remove(world.database)
            try await world.waiaas("start --port 0").exited(3)
            #expect(!Files.exists(world.database))
        }
    }

    @Test(arguments: [
        "DELETE FROM system_state WHERE key = 'jwt_secret_current';",
        "UPDATE system_state SET value = 'zz' WHERE key = 'jwt_secret_current';",
        "UPDATE system_state SET value = substr(value, 3) WHERE key = 'jwt_secret_current';",
        "DELETE FROM system_state WHERE key = 'jwt_secret_previous';", "DELETE FROM system_state WHERE key = 'jwt_secret_rotated_at';",
        "UPDATE system_state SET value = (SELECT value FROM system_state WHERE key = 'jwt_secret_current') WHERE key = 'jwt_secret_previous';",
    ])
    func `a ring of an impossible shape stops the start, and secret reset heals it (SEC-01)`(damage: String) async throws {
        try await World.inside { world in
            let first = try await world.start()
            let grant = try await first.grant(to: "trader")
            try await first.rotate()
            try await first.stop()
            try await world.sqlite(in: world.dataDirectory).run(damage)
            let refused = try await world.waiaas("start --port 0").exited(1)
            #expect(refused.errors.contains("waiaas secret reset"), "\(refused.errors)")
            #expect(refused.errors.contains("jwt_secret"), "\(refused.errors)")
            let reset = try await world.waiaas("secret reset --yes --json").succeeded()
            #expect(try reset.json["sessionsCut"]?.integer == 1)
            let second = try await world.start()
            #expect(try await second.verdict(on: grant.token) == "401 INVALID_TOKEN")
            #expect(try await second.verdict(on: try await second.grant(to: grant.agentID).token) == "200 current")
            #expect(try await second.auditNames().contains("SECRET_RESET"))
            try await world.waiaas("audit verify").succeeded()
        }
    }
}
