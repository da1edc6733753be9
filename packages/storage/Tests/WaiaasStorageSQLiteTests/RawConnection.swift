import CSQLite

/// A connection outside the store: somebody with the `sqlite3` program.
final class RawConnection {
    private var handle: OpaquePointer?

    init(_ path: String) throws {
        try check(sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE, nil))
        sqlite3_busy_timeout(handle, 5_000)
    }

    deinit { sqlite3_close_v2(handle) }

    func execute(_ sql: String) throws {
        try check(sqlite3_exec(handle, sql, nil, nil, nil))
    }

    /// The first column of the first row, as text.
    func value(_ sql: String) throws -> String? {
        var statement: OpaquePointer?
        try check(sqlite3_prepare_v2(handle, sql, -1, &statement, nil))
        defer { sqlite3_finalize(statement) }
        guard sqlite3_step(statement) == SQLITE_ROW, let text = sqlite3_column_text(statement, 0) else { return nil }
        return String(cString: text)
    }

    struct Failure: Error {
        let message: String
    }

    private func check(_ code: Int32) throws {
        if code != SQLITE_OK { throw Failure(message: String(cString: sqlite3_errmsg(handle))) }
    }
}
