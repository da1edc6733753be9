import WaiaasCore

extension Connection {
    /// The page cache of the writer, in KiB; of a reader it is SQLite's default, 2 MB.
    private static let writerCacheSize = 16_384
    /// What the write-ahead log is cut to after a checkpoint that emptied it, in bytes.
    private static let logSizeLimit = 64 * 1_024 * 1_024

    /// What holds for every connection: rules are enforced, nothing that is deleted stays readable in the file, no schema of a
    /// stranger's making can run functions, cells are checked when a page is read.
    func applyCommonSettings() throws(StoreError) {
        try execute(
            """
            PRAGMA foreign_keys = ON;
            PRAGMA recursive_triggers = ON;
            PRAGMA secure_delete = ON;
            PRAGMA temp_store = MEMORY;
            PRAGMA trusted_schema = OFF;
            PRAGMA cell_size_check = ON;
            """)
    }

    /// What the one writer needs besides: the write-ahead log, a sync for every commit, and checkpoints only where it asks for them.
    ///
    /// - Parameter pageLimit: the most pages the file may have; nil for SQLite's own limit.
    func applyWriterSettings(pageLimit: Int?) throws(StoreError) {
        guard try text(of: "PRAGMA journal_mode = WAL") == "wal" else {
            throw .unavailable("the file system cannot keep a write-ahead log")
        }
        try execute(
            """
            PRAGMA synchronous = FULL;
            PRAGMA wal_autocheckpoint = 0;
            PRAGMA journal_size_limit = \(Self.logSizeLimit);
            PRAGMA cache_size = -\(Self.writerCacheSize);
            """)
        if let pageLimit { try execute("PRAGMA max_page_count = \(pageLimit);") }
    }

    /// What a reader needs besides. The file is opened for writing all the same: of a file opened for reading SQLite forgets the
    /// CHECKs, and its own check of the database would not find a row that breaks one.
    func applyReaderSettings() throws(StoreError) {
        try execute("PRAGMA query_only = ON;")
    }

    /// A number that stays the same until another connection has changed the database; changes of our own do not count.
    func dataVersion() throws(StoreError) -> Int64 { try number(of: "PRAGMA data_version") }

    /// The first number that a query answers, 0 if it answers nothing.
    func number<each Value: Bindable>(of sql: StaticString, _ values: repeat each Value) throws(StoreError) -> Int64 {
        var number: Int64 = 0
        try forEach(of: "database", sql, repeat each values) { (row: inout Row) throws(StoreError) in number = try row.next() }
        return number
    }

    /// The first text that a query answers.
    private func text(of sql: StaticString) throws(StoreError) -> String? {
        var text: String?
        try forEach(of: "database", sql) { (row: inout Row) throws(StoreError) in text = try row.next() }
        return text
    }
}
