import WaiaasCore

/// The shape of the database: which steps it has seen, and whether it still is as they made it.
struct Schema {
    /// Marks the file as ours: "WAIA" in ASCII.
    static let applicationID: Int64 = 0x5741_4941

    private let migrations: [Migration]

    init(migrations: [Migration]) {
        self.migrations = migrations
    }

    /// The last step that this release knows.
    var known: Int { migrations.last?.number ?? 0 }

    /// The last step that a database has seen; nil if nothing was ever made in it.
    func version(of connection: Connection) throws(StoreError) -> Int? {
        let found = Int(try connection.number(of: "PRAGMA user_version"))
        let application = try connection.number(of: "PRAGMA application_id")
        if found == 0, application == 0, try connection.number(of: "SELECT count(*) FROM sqlite_schema") == 0 { return nil }
        guard application == Self.applicationID, found > 0 else { throw .damagedFile("the file is a database, but not one of ours") }
        guard found <= known else { throw .newerSchema(found: found, known: known) }
        return found
    }

    /// The step that comes next.
    func next(after version: Int) -> Migration? { migrations.first { $0.number > version } }

    /// Takes all steps that are still missing, in one transaction.
    func bring(_ connection: Connection, from version: Int) throws(StoreError) {
        try connection.execute("BEGIN IMMEDIATE;")
        do throws(StoreError) {
            for migration in migrations where migration.number > version { try connection.execute(migration.sql) }
            try connection.execute("PRAGMA application_id = \(Self.applicationID); PRAGMA user_version = \(known); COMMIT;")
        } catch {
            if !connection.isIdle { try connection.execute("ROLLBACK;") }
            throw error
        }
    }

    /// Refuses a database whose tables, indexes or triggers are not those that the steps make: somebody may have dropped a trigger.
    func check(_ connection: Connection) throws(StoreError) {
        if let difference = try differences(of: connection).first { throw .damagedFile(difference) }
    }

    /// Every table, index and trigger that is not as the steps make it, in words.
    func differences(of connection: Connection) throws(StoreError) -> [String] {
        let model = try Connection(inMemory: ())
        try bring(model, from: 0)
        let (wanted, found) = (try Self.objects(of: model), try Self.objects(of: connection))
        let changed = wanted.filter { found[$0.key] != $0.value }.keys.map { name in
            "\(name) \(found[name] == nil ? "is missing" : "was changed") in the schema"
        }
        let foreign = found.keys.filter { wanted[$0] == nil }.map { "\($0) does not belong in the schema" }
        return (changed + foreign).sorted()
    }

    private static func objects(of connection: Connection) throws(StoreError) -> [String: String] {
        var objects: [String: String] = [:]
        try connection.forEach(
            of: "sqlite_schema", "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE sql IS NOT NULL"
        ) { (row: inout Row) throws(StoreError) in
            let name: String = try row.next()
            objects[name] = try row.next()
        }
        return objects
    }
}
