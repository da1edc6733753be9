import CSQLite
import WaiaasCore

/// Records what a transaction changes, row by row, so that another store can repeat it.
///
/// What a savepoint undid is not among it: rows are compared when they are asked for, with what they were when first touched. The store's
/// own account of the log is left out, for it is each store's own.
///
/// Ownership: belongs to one transaction on the connection's thread, and ends before the connection does.
final class ChangeRecorder {
    private let session: OpaquePointer
    private let connection: Connection

    /// Begins to record.
    init(on connection: Connection) throws(StoreError) {
        var session: OpaquePointer?
        let code = sqlite3session_create(connection.handle, "main", &session)
        guard code == SQLITE_OK, let session else { throw connection.error(code, during: "record changes") }
        self.session = session
        self.connection = connection
        sqlite3session_table_filter(
            session, { _, name in name.map { String(cString: $0) } == SharedJournal.table ? 0 : 1 }, nil)
        let attached = sqlite3session_attach(session, nil)
        guard attached == SQLITE_OK else { throw connection.error(attached, during: "record changes") }
    }

    deinit { sqlite3session_delete(session) }

    /// What was changed so far; empty if nothing is different.
    func changes() throws(StoreError) -> [UInt8] {
        var count: Int32 = 0
        var buffer: UnsafeMutableRawPointer?
        let code = sqlite3session_changeset(session, &count, &buffer)
        defer { sqlite3_free(buffer) }
        guard code == SQLITE_OK else { throw connection.error(code, during: "list changes") }
        return [UInt8](UnsafeRawBufferPointer(start: buffer, count: Int(count)))
    }
}
