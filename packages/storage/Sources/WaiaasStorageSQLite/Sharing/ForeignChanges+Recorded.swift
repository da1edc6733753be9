import CSQLite
import WaiaasCore

extension ForeignChanges {
    /// Which rows a ``ChangeRecorder`` found changed.
    init(recorded changes: [UInt8]) throws(StoreError) {
        self.init()
        guard !changes.isEmpty else { return }
        let code = changes.withUnsafeBytes { bytes -> Int32 in
            var rows: OpaquePointer?
            // The library does not write to what it is given; it needs the bytes until the end of the walk.
            var code = sqlite3changeset_start(&rows, Int32(clamping: bytes.count), UnsafeMutableRawPointer(mutating: bytes.baseAddress))
            guard code == SQLITE_OK else { return code }
            while sqlite3changeset_next(rows) == SQLITE_ROW { note(RecordedRow(rows)) }
            code = sqlite3changeset_finalize(rows)
            return code
        }
        guard code == SQLITE_OK else { throw StoreError(sqlite: code, message: "unreadable changes", during: "list changed rows") }
    }

    private mutating func note(_ row: RecordedRow) {
        tables.insert(row.table)
        // Of more rows than are worth naming only the tables matter, and single values as ever.
        if isWholesale, row.table != "system_state" { return }
        switch row.table {
        case "sessions":
            let id: SessionID? = row.identifier(0)
            if let id { sessions.insert(id) }
        case "agents":
            // Each session changes its agent's count; only the status is remembered.
            let id: AgentID? = row.identifier(0)
            if let id, row.changes(RecordedRow.suspendedAt) { agents.insert(id) }
        case "users":
            if let id = row.text(0).flatMap({ UserID($0) }) { users.insert(id) }
        case "refresh_families":
            let id: FamilyID? = row.identifier(0)
            if let id, row.changes(RecordedRow.revokedAt) { families.insert(id) }
        case "user_sessions":
            if let user = row.text(0).flatMap({ UserID($0) }), let id = row.text(1).flatMap({ PanelID($0) }) {
                panels.insert(.user(user, id))
            }
        case "public_sessions":
            if let id = row.text(0).flatMap({ PanelID($0) }) { panels.insert(.public(id)) }
        case "system_state":
            if let name = row.text(0).flatMap({ StateName(rawValue: $0) }) { states.insert(name) }
        default: break
        }
        merge(ForeignChanges())
    }
}

extension Connection {
    /// How many rows of some tables were changed, as they were recorded.
    func countRows(of tables: Set<String>, in changes: [UInt8]) throws(StoreError) -> Int {
        guard !changes.isEmpty else { return 0 }
        var count = 0
        let code = changes.withUnsafeBytes { bytes -> Int32 in
            var rows: OpaquePointer?
            let code = sqlite3changeset_start(&rows, Int32(clamping: bytes.count), UnsafeMutableRawPointer(mutating: bytes.baseAddress))
            guard code == SQLITE_OK else { return code }
            while sqlite3changeset_next(rows) == SQLITE_ROW { count += tables.contains(RecordedRow(rows).table) ? 1 : 0 }
            return sqlite3changeset_finalize(rows)
        }
        guard code == SQLITE_OK else { throw error(code, during: "count changed rows") }
        return count
    }
}
