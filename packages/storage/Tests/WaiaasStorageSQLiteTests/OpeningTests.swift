import Testing
import WaiaasCore
import WaiaasStorageTestSupport

@testable import WaiaasStorageSQLite

@Suite struct OpeningTests {
    /// A directory with a database that was closed.
    private final class Closed {
        let directory: String
        let path: String

        init() throws {
            directory = try TemporaryStore.makeDirectory()
            path = directory + "/waiaas.db"
            try SQLiteStore.open(path: path, .creating, backups: directory).close()
        }

        deinit { TemporaryStore.remove(directory) }

        func open(_ opening: SQLiteStore.Opening = .existing) throws {
            try SQLiteStore.open(path: path, opening, backups: directory).close()
        }
    }

    private func isDamaged(_ error: any Error) -> Bool {
        if case StoreError.damagedFile = error { true } else { false }
    }

    @Test func `the database, its log and its index may be read by their owner only`() async throws {
        let temporary = try TemporaryStore()
        try await temporary.store.write({ try $0.setState(.auditKey, to: "x") }, committed: { _ in })
        for suffix in ["", "-wal", "-shm"] { #expect(Files.mode(temporary.path + suffix) == 0o600) }
    }

    @Test func `a database that is not there is not made by opening`() throws {
        let directory = try TemporaryStore.makeDirectory()
        defer { TemporaryStore.remove(directory) }
        let path = directory + "/waiaas.db"
        #expect(throws: StoreError.missing(path: path)) { try SQLiteStore.open(path: path, backups: directory) }
        #expect(Files.exist(path) == false)
    }

    @Test func `a database that is there is not made anew`() throws {
        let closed = try Closed()
        #expect(throws: StoreError.self) { try closed.open(.creating) }
        try closed.open()
    }

    @Test func `an empty file is what a making that was cut short leaves: it can be made again, but not opened`() throws {
        let closed = try Closed()
        Files.write([], to: closed.path)
        #expect { try closed.open() } throws: { isDamaged($0) }
        try closed.open(.creating)
        try closed.open()
    }

    @Test(arguments: ["text", "header", "cut", "page"])
    func `a damaged file is refused and stays as it is`(damage: String) throws {
        let closed = try Closed()
        var bytes = Files.read(closed.path)
        switch damage {
        case "text":
            bytes = Array("no database at all, but long enough to hold a header of one hundred bytes, so that it is read as one".utf8)
        case "header": for index in 0..<16 { bytes[index] ^= 0xff }
        case "cut": bytes.removeLast(bytes.count - 4_096)
        default: for index in 100..<200 { bytes[index] ^= 0xff }
        }
        Files.write(bytes, to: closed.path)
        #expect { try closed.open() } throws: { isDamaged($0) }
        #expect(Files.read(closed.path) == bytes)
    }

    @Test func `a symbolic link or a directory is no database`() throws {
        let closed = try Closed()
        #expect { try SQLiteStore.open(path: closed.directory, backups: closed.directory) } throws: { isDamaged($0) }
    }

    @Test func `a schema of a later release is refused and stays as it is`() throws {
        let closed = try Closed()
        try RawConnection(closed.path).execute("PRAGMA user_version = 99")
        let bytes = Files.read(closed.path)
        #expect(throws: StoreError.newerSchema(found: 99, known: Migration.all.count)) { try closed.open() }
        #expect(Files.read(closed.path) == bytes)
    }

    @Test(arguments: [
        "DROP TRIGGER audit_log_is_never_removed", "DROP INDEX sessions_by_place", "ALTER TABLE agents ADD COLUMN x TEXT",
        "CREATE TRIGGER t AFTER INSERT ON sessions BEGIN DELETE FROM lockouts; END", "PRAGMA application_id = 7",
    ])
    func `a schema that somebody changed is refused`(change: String) throws {
        let closed = try Closed()
        try RawConnection(closed.path).execute(change)
        #expect { try closed.open() } throws: { isDamaged($0) }
    }

    @Test func `a database is copied before its schema changes`() async throws {
        let closed = try Closed()
        try RawConnection(closed.path).execute("INSERT INTO system_state VALUES ('audit_key', 'x')")
        let next = Migration(number: Migration.all.count + 1, name: "further", sql: "CREATE TABLE further (a INTEGER) STRICT;")
        let store = try SQLiteStore.open(path: closed.path, .existing, backups: closed.directory, migrations: Migration.all + [next])
        #expect(try await store.read { try $0.state(.auditKey) } == "x")
        try store.close()
        let copy = closed.directory + "/before-migration-\(next.number)-further.db"
        #expect(Files.mode(copy) == 0o600)
        #expect(try RawConnection(copy).value("SELECT value FROM system_state") == "x")
        #expect(try RawConnection(copy).value("PRAGMA user_version") == "\(Migration.all.count)")
        #expect(try RawConnection(closed.path).value("PRAGMA user_version") == "\(next.number)")
    }

    @Test func `a migration that fails changes nothing`() throws {
        let closed = try Closed()
        let broken = Migration(
            number: Migration.all.count + 1, name: "broken", sql: "CREATE TABLE further (a INTEGER) STRICT; INSERT INTO nothing VALUES (1);"
        )
        #expect(throws: StoreError.self) {
            try SQLiteStore.open(path: closed.path, .existing, backups: closed.directory, migrations: Migration.all + [broken])
        }
        try closed.open()
    }

    @Test func `logins of the schema before are taken over, and a retry that may still come`() async throws {
        let directory = try TemporaryStore.makeDirectory()
        defer { TemporaryStore.remove(directory) }
        let path = directory + "/waiaas.db"
        try SQLiteStore.open(path: path, .creating, backups: directory, migrations: Array(Migration.all.prefix(4))).close()
        let raw = try RawConnection(path)
        func id(_ digit: Int) -> String { "x'" + String(repeating: "0\(digit)", count: 16) + "'" }
        func hash(_ digit: Int) -> String { "x'" + String(repeating: "0\(digit)", count: 32) + "'" }
        try raw.execute("INSERT INTO users VALUES ('ada', 'hash', NULL, NULL, 1, 1)")
        let lives = [(family: 1, "NULL, NULL"), (family: 2, "900, 'logout'")]
        for (family, revocation) in lives {
            try raw.execute(
                "INSERT INTO refresh_families VALUES (\(id(family)), 'ada', NULL, 1, 9000, 8000, 2, 500, 'kid', 700, \(revocation))")
            let (first, second) = (family * 2 + 1, family * 2 + 2)
            try raw.execute(
                """
                INSERT INTO refresh_tokens VALUES (\(id(first)), 'ada', \(id(family)), 1, \(hash(first)), 100, 5000, 500, x'0a0b');
                INSERT INTO refresh_tokens VALUES (\(id(second)), 'ada', \(id(family)), 2, \(hash(second)), 500, 8000, NULL, NULL);
                """)
        }
        let store = try SQLiteStore.open(path: path, backups: directory)
        defer { try? store.close() }
        for (family, revocation) in lives {
            for generation in 1...2 {
                let digit = family * 2 + generation
                let digest = try #require(Digest256(bytes: [UInt8](repeating: UInt8(digit), count: 32)))
                let row = try await store.read { try $0.refreshToken(digest) }
                let found = try #require(row)
                #expect(found.token.generation == generation)
                #expect((found.token.id == found.family.newest) == (generation == 2))
                #expect(found.family.generation == 2)
                #expect(found.family.sealedSuccessor == (revocation == "NULL, NULL" ? [10, 11] : nil))
            }
        }
        #expect(try await store.findings() == [])
    }

    @Test func `migrations are numbered without gaps`() {
        #expect(Migration.all.map(\.number) == Array(1...Migration.all.count))
    }
}
