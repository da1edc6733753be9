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
            while sqlite3changeset_next(rows) == SQLITE_ROW, !isWholesale { note(RecordedRow(rows)) }
            code = sqlite3changeset_finalize(rows)
            return code
        }
        guard code == SQLITE_OK else { throw StoreError(sqlite: code, message: "unreadable changes", during: "list changed rows") }
    }

    private mutating func note(_ row: RecordedRow) {
        tables.insert(row.table)
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

/// The row that a walk over recorded changes stands at.
private struct RecordedRow {
    /// The column of `agents` that holds the status; migrations append columns and move none.
    static let suspendedAt: Int32 = 2
    /// The column of `refresh_families` that holds the revocation.
    static let revokedAt: Int32 = 10

    let table: String
    private let rows: OpaquePointer?
    private let operation: Int32

    init(_ rows: OpaquePointer?) {
        self.rows = rows
        var (name, columns, operation, isIndirect) = (UnsafePointer<CChar>?.none, Int32(0), Int32(0), Int32(0))
        sqlite3changeset_op(rows, &name, &columns, &operation, &isIndirect)
        self.operation = operation
        table = name.map { String(cString: $0) } ?? ""
    }

    /// Whether a column has another value now; true for a row that was made or removed.
    func changes(_ column: Int32) -> Bool {
        guard operation == SQLITE_UPDATE else { return true }
        var value: OpaquePointer?
        sqlite3changeset_new(rows, column, &value)
        return value != nil
    }

    func text(_ column: Int32) -> String? { value(column).flatMap { sqlite3_value_text($0) }.map { String(cString: $0) } }

    func identifier<Subject>(_ column: Int32) -> Identifier<Subject>? {
        guard let value = value(column), sqlite3_value_bytes(value) == 16, let start = sqlite3_value_blob(value) else { return nil }
        let words = UnsafeRawBufferPointer(start: start, count: 16)
        return Identifier(
            high: UInt64(bigEndian: words.loadUnaligned(as: UInt64.self)),
            low: UInt64(bigEndian: words.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }

    /// Part of the row's key: the same before and after the change.
    private func value(_ column: Int32) -> OpaquePointer? {
        var value: OpaquePointer?
        if operation == SQLITE_INSERT {
            sqlite3changeset_new(rows, column, &value)
        } else {
            sqlite3changeset_old(rows, column, &value)
        }
        return value
    }
}
