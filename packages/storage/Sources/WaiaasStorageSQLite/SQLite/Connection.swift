import CSQLite
import WaiaasCore

/// One connection to the database, with its prepared statements.
///
/// Ownership: SQLite's own mutexes are off, so a connection belongs to one thread at a time. It is made on the thread that opens the
/// store and handed to its one owner before that thread starts; from then on only the owner's closures see it. That hand-over is the
/// only reason for `@unchecked Sendable`. The handle and the statements are closed in `deinit`, when no closure can hold them.
final class Connection: @unchecked Sendable {
    /// How long a statement waits for a lock that another process holds, in milliseconds.
    static let busyTimeout: Int32 = 5_000

    let handle: OpaquePointer
    private var statements: [UnsafeRawPointer: Statement] = [:]

    /// Opens an existing file.
    init(path: String) throws(StoreError) {
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE
        let code = sqlite3_open_v2(path, &opened, flags, nil)
        guard let opened else { throw .unavailable("open \(path): out of memory") }
        handle = opened
        guard code == SQLITE_OK else { throw error(code, during: "open \(path)") }
        sqlite3_busy_timeout(handle, Self.busyTimeout)
        _ = waiaas_sqlite_set_defensive(handle)
    }

    /// An empty database that vanishes with its connection, to compare a schema with.
    init(inMemory: Void) throws(StoreError) {
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(":memory:", &opened, SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, nil)
        guard let opened else { throw .unavailable("open a database in memory: out of memory") }
        handle = opened
        guard code == SQLITE_OK else { throw error(code, during: "open a database in memory") }
    }

    deinit {
        statements.removeAll()
        sqlite3_close_v2(handle)
    }

    /// Runs statements that are not kept: settings, migrations.
    func execute(_ sql: String) throws(StoreError) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw error(code, during: String(sql.prefix { $0 != "\n" })) }
    }

    /// A statement, prepared once for each place in the source that asks for it: the literal's address is its name.
    func statement(_ sql: StaticString) throws(StoreError) -> Statement {
        if let known = statements[sql.utf8Start] { return known }
        var prepared: OpaquePointer?
        let code = sql.withUTF8Buffer { text in
            text.withMemoryRebound(to: CChar.self) {
                sqlite3_prepare_v3(handle, $0.baseAddress, Int32($0.count), UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
            }
        }
        guard code == SQLITE_OK, let prepared else { throw error(code, during: "prepare \(sql)") }
        let statement = Statement(handle: prepared)
        statements[sql.utf8Start] = statement
        return statement
    }

    /// Runs a change and says how many rows it changed, those changed by triggers not counted.
    @discardableResult
    func run<each Value: Bindable>(_ sql: StaticString, _ values: repeat each Value) throws(StoreError) -> Int {
        let statement = try statement(sql)
        defer { statement.reset() }
        for value in repeat each values { statement.bind(value) }
        let code = statement.step()
        guard code == SQLITE_DONE || code == SQLITE_ROW else { throw error(code, during: "\(sql)") }
        return code == SQLITE_DONE ? Int(sqlite3_changes64(handle)) : 0
    }

    /// Runs a query and hands its rows to `body`, one after the other.
    ///
    /// - Parameters:
    ///   - table: what a damaged value in these rows is reported under.
    func forEach<each Value: Bindable>(
        of table: StaticString, _ sql: StaticString, _ values: repeat each Value, row body: (inout Row) throws(StoreError) -> Void
    ) throws(StoreError) {
        let statement = try statement(sql)
        defer { statement.reset() }
        for value in repeat each values { statement.bind(value) }
        while true {
            let code = statement.step()
            if code == SQLITE_DONE { return }
            guard code == SQLITE_ROW else { throw error(code, during: "\(sql)") }
            var row = Row(of: statement, table: table)
            try body(&row)
        }
    }

    /// Whether no transaction is open: SQLite ends one by itself after some errors.
    var isIdle: Bool { sqlite3_get_autocommit(handle) != 0 }

    /// How many rows this connection has changed since it was opened, those changed by triggers counted.
    var rowsChanged: Int64 { sqlite3_total_changes64(handle) }

    /// How many pages this connection has written since it was asked last.
    func takePagesWritten() -> Int {
        var count: Int32 = 0
        var highest: Int32 = 0
        let resetting: Int32 = 1
        sqlite3_db_status(handle, SQLITE_DBSTATUS_CACHE_WRITE, &count, &highest, resetting)
        return Int(count)
    }

    /// Copies the write-ahead log into the database; pages that a reader still needs stay for the next time.
    func checkpoint(truncating: Bool) throws(StoreError) {
        let mode = truncating ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE
        let code = sqlite3_wal_checkpoint_v2(handle, nil, mode, nil, nil)
        guard code & 0xff == SQLITE_OK || code & 0xff == SQLITE_BUSY else {
            throw error(code, during: "checkpoint", writing: .database)
        }
    }

    /// The file that a statement writes: a commit appends to the log, a checkpoint copies it into the database.
    enum Target {
        case log
        case database
    }

    /// The store's error for a result code of this connection.
    func error(_ code: Int32, during action: String, writing target: Target = .log) -> StoreError {
        let systemCode =
            code == StoreError.writeFailed ? waiaas_sqlite_write_errno(handle, target == .log ? 1 : 0) : sqlite3_system_errno(handle)
        return StoreError(sqlite: code, message: String(cString: sqlite3_errmsg(handle)), systemCode: systemCode, during: action)
    }
}
