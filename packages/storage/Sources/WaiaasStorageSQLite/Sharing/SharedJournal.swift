import WaiaasCore

/// The store's own account of the shared log, in the table `shared_log`: the entries it holds, the newest of which is where it stands.
///
/// A row is written in the transaction that repeats its entry, so the two cannot differ after a crash. The newest entries are kept to
/// give them back to a log that lost them.
struct SharedJournal {
    /// The table's name.
    static let table = "shared_log"
    /// How many entries are kept.
    static let kept: Int64 = 1_024
    /// After how many new ones the older are removed.
    private static let between: Int64 = 256

    let connection: Connection

    /// Where the store stands; nil if it shares nothing.
    func position() throws(StoreError) -> LogHead? {
        var head: LogHead?
        try connection.forEach(of: "shared_log", "SELECT sequence, digest FROM shared_log ORDER BY sequence DESC LIMIT 1") {
            (row: inout Row) throws(StoreError) in head = LogHead(sequence: try row.next(), digest: try row.next())
        }
        return head
    }

    /// Where the store stood after an entry; nil if it is not kept any more.
    func head(at sequence: Int64) throws(StoreError) -> LogHead? {
        var head: LogHead?
        try connection.forEach(of: "shared_log", "SELECT digest FROM shared_log WHERE sequence = ?", sequence) {
            (row: inout Row) throws(StoreError) in head = LogHead(sequence: sequence, digest: try row.next())
        }
        return head
    }

    /// The entries behind a place that are kept, in order. The founding has no entry.
    func entries(after sequence: Int64) throws(StoreError) -> [NumberedEntry] {
        var entries: [NumberedEntry] = []
        try connection.forEach(
            of: "shared_log", "SELECT sequence, entry FROM shared_log WHERE sequence > max(?, 0) ORDER BY sequence", sequence
        ) { (row: inout Row) throws(StoreError) in
            entries.append(NumberedEntry(sequence: try row.next(), bytes: try row.next()))
        }
        return entries
    }

    /// Notes an entry, and forgets the oldest.
    func note(_ entry: [UInt8], at head: LogHead) throws(StoreError) {
        try connection.run("INSERT INTO shared_log (sequence, digest, entry) VALUES (?, ?, ?)", head.sequence, head.digest, entry)
        guard head.sequence % Self.between == 0 else { return }
        try connection.run("DELETE FROM shared_log WHERE sequence <= ?", head.sequence - Self.kept)
    }

    /// Forgets the entries behind a place.
    func forget(after sequence: Int64) throws(StoreError) {
        try connection.run("DELETE FROM shared_log WHERE sequence > ?", sequence)
    }
}
