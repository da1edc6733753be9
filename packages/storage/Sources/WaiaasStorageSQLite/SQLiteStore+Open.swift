public import WaiaasCore

extension SQLiteStore {
    /// Whether the database may be made.
    public enum Opening: Sendable {
        /// It must be there: what `start` does.
        case existing
        /// It must not be there, or hold nothing because its making was cut short: what `init` does.
        case creating
        /// It must be there, and is looked at as it is: no migration, and a schema that was tampered with is reported by
        /// ``SQLiteStore/schemaDifferences`` rather than refused. What `audit verify` does: it must name faults, not stop at them.
        case inspecting
    }

    /// Opens the database: checks that the file is ours and undamaged in its structure, brings the schema up to date, starts the
    /// threads.
    ///
    /// An existing database is copied before its schema changes, to `before-migration-<number>-<name>.db`.
    ///
    /// - Parameters:
    ///   - path: the database file. Only its owner may read it when it is made here.
    ///   - opening: whether it may be made.
    ///   - backups: the folder for the copy before a migration; it must exist by then.
    ///   - pageLimit: the most pages of 4 KiB the file may have, nil for as many as fit on the disk; beyond it every change ends with
    ///     ``StoreError/diskFull``.
    /// - Throws: ``StoreError/missing(path:)``, ``StoreError/damagedFile(_:)``, ``StoreError/newerSchema(found:known:)``, or what the
    ///   system said.
    public static func open(
        path: String, _ opening: Opening = .existing, backups: String, pageLimit: Int? = nil
    ) throws(StoreError) -> SQLiteStore {
        try open(path: path, opening, backups: backups, pageLimit: pageLimit, migrations: Migration.all)
    }

    static func open(
        path: String, _ opening: Opening, backups: String, pageLimit: Int? = nil, migrations: [Migration]
    ) throws(StoreError) -> SQLiteStore {
        if opening == .creating { try DatabaseFile.make(path) }
        try DatabaseFile.check(path)
        let connection = try Connection(path: path)
        try connection.applyCommonSettings()
        let schema = Schema(migrations: migrations)
        try prepare(connection, opening, backups: backups, pageLimit: pageLimit, schema: schema)
        let differences = opening == .inspecting ? try schema.differences(of: connection) : []
        var reading: [Connection] = []
        for _ in 0..<Readers.count {
            let reader = try Connection(path: path)
            try reader.applyCommonSettings()
            try reader.applyReaderSettings()
            reading.append(reader)
        }
        return SQLiteStore(
            path: path, writer: try Writer(owning: connection), readers: try Readers(owning: reading), schemaDifferences: differences)
    }

    /// Nothing is written before the version is known: a file that is not ours, or of a later release, stays as it is.
    private static func prepare(
        _ connection: Connection, _ opening: Opening, backups: String, pageLimit: Int?, schema: Schema
    ) throws(StoreError) {
        let version = try schema.version(of: connection)
        switch (opening, version) {
        case (.existing, nil), (.inspecting, nil): throw .damagedFile("the file is empty")
        case (.creating, _?): throw .unavailable("make the database: there is one already")
        case (.existing, _?), (.inspecting, _?), (.creating, nil): break
        }
        try connection.applyWriterSettings(pageLimit: pageLimit)
        if opening == .inspecting { return }
        if let version, let next = schema.next(after: version) {
            _ = try SafetyCopy.make(of: connection, in: backups, name: "before-migration-\(next.number)-\(next.name).db")
        }
        if version != schema.known { try schema.bring(connection, from: version ?? 0) }
        try schema.check(connection)
    }
}
