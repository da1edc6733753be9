import WaiaasCore

/// Keeps the store and the shared log together: enters what is committed here, and repeats what was committed elsewhere.
///
/// It lives on the writer's thread. Entries follow one another by digest, like commits: what fits behind the store's own place is repeated,
/// a log that lost entries gets them back, and where both went on apart the two are merged (see `LogFollower+Reconciling.swift`).
final class LogFollower {
    /// The tables whose rows have had other keys.
    private static let logins: Set<String> = ["refresh_families", "refresh_tokens"]
    /// How many entries are fetched at once.
    static let pageSize = 256
    /// How many steps a catching-up may take: beyond, somebody plays with the log.
    private static let stepLimit = 100_000

    let connection: Connection
    let sharing: Sharing
    let journal: SharedJournal
    /// Where the store stands.
    var position: LogHead
    /// Whether the log may have gone on: after a failure nobody knows whether the last entry was entered.
    private(set) var isBehind = true

    /// - Throws: ``StoreError/ruleBroken(_:)`` if the store was never made to share anything.
    init(connection: Connection, sharing: Sharing) throws(StoreError) {
        self.connection = connection
        self.sharing = sharing
        journal = SharedJournal(connection: connection)
        guard let position = try journal.position() else { throw .ruleBroken("follow the shared log: this store stands alone") }
        self.position = position
    }

    /// Enters the changes of the transaction that is open, and notes them in it.
    ///
    /// - Returns: false if others were quicker: the transaction must be undone, and made again after ``catchUp()``.
    func enter(_ changes: [UInt8]) throws(StoreError) -> Bool {
        if isBehind { return false }
        let sealed = try sharing.sealing.seal(Entry(changes).bytes, behind: position)
        isBehind = true
        let entry = NumberedEntry(sequence: sealed.head.sequence, bytes: sealed.entry)
        guard try sharing.log.enter([entry], ifEndIs: position.text, end: sealed.head) else { return false }
        try journal.note(sealed.entry, at: sealed.head)
        return true
    }

    /// The transaction that ``enter(_:)`` was called in is durable.
    func committed() throws(StoreError) {
        position = try journal.position() ?? position
        isBehind = false
    }

    /// Whether nobody has entered anything since: then what the open transaction has read is the truth.
    func isAtEnd() throws(StoreError) -> Bool {
        if isBehind { return false }
        return try sharing.log.page(after: position.sequence, limit: 0).end == position.text
    }

    /// Repeats what others have entered, until the store stands where the log ends. To be called outside of a transaction.
    ///
    /// - Returns: what changed.
    func catchUp() throws(StoreError) -> ForeignChanges {
        isBehind = true
        var changes = ForeignChanges()
        for _ in 0..<Self.stepLimit {
            let page = try sharing.log.page(after: position.sequence, limit: Self.pageSize)
            if page.end == position.text {
                isBehind = false
                return changes
            }
            let opened = try open(page.entries, behind: position)
            if opened.isEmpty {
                changes.merge(try reconcile(foundEnd: page.end))
            } else {
                changes.merge(try commit(opened))
            }
        }
        throw .sharedStateUnreachable("the log changes faster than it can be read")
    }

    /// An entry of the log that is one of ours, and follows the one before.
    struct Opened {
        let sealed: [UInt8]
        let head: LogHead
        let changes: [UInt8]
    }

    /// Opens entries from the first on, up to one that does not follow.
    ///
    /// - Throws: ``StoreError/damagedFile(_:)`` if one of an earlier schema cannot be repeated.
    func open(_ entries: [[UInt8]], behind head: LogHead) throws(StoreError) -> [Opened] {
        var opened: [Opened] = []
        var head = head
        for sealed in entries {
            guard let next = sharing.sealing.open(sealed, behind: head) else { break }
            let entry = try Entry(reading: next.changes)
            if !entry.knowsLogins, try connection.countRows(of: Self.logins, in: entry.changes) > 0 {
                throw .damagedFile(
                    "the shared log holds changes of logins that an earlier release made, which this one cannot repeat: take a daemon that "
                        + "has them all out of the log, put it into one of another storage.redis_prefix, and join this one anew there")
            }
            opened.append(Opened(sealed: sealed, head: next.head, changes: entry.changes))
            head = next.head
        }
        return opened
    }

    /// Repeats entries in a transaction of their own. It needs no sync: whoever made them has them on the disk.
    private func commit(_ entries: [Opened]) throws(StoreError) -> ForeignChanges {
        try connection.execute("PRAGMA synchronous = NORMAL;")
        let outcome = Result { () throws(StoreError) in
            var changes = ForeignChanges()
            try transaction { () throws(StoreError) in
                for entry in entries {
                    try connection.apply(entry.changes)
                    try journal.note(entry.sealed, at: entry.head)
                    changes.merge(try ForeignChanges(recorded: entry.changes))
                }
            }
            return changes
        }
        // Whatever came of it: what is committed here next is on nobody else's disk.
        try connection.execute("PRAGMA synchronous = FULL;")
        let changes = try outcome.get()
        position = entries.last?.head ?? position
        return changes
    }

    /// A transaction that is undone when its work throws.
    func transaction(_ work: () throws(StoreError) -> Void) throws(StoreError) {
        try connection.run("BEGIN IMMEDIATE")
        do throws(StoreError) {
            try work()
            try connection.run("COMMIT")
        } catch {
            if !connection.isIdle { try connection.run("ROLLBACK") }
            throw error
        }
    }

    /// What is sealed: which schema the changes were made under, and the changes.
    struct Entry {
        let changes: [UInt8]
        /// Whether changes of logins in it can be repeated: the library skips what was recorded of a table with another key, and says nothing.
        let knowsLogins: Bool

        init(_ changes: [UInt8]) {
            self.changes = changes
            knowsLogins = true
        }

        /// - Throws: ``StoreError/newerSchema(found:known:)`` if a later release made it.
        init(reading bytes: [UInt8]) throws(StoreError) {
            guard bytes.count >= 4 else { throw .damagedFile("an entry of the shared log is too short") }
            let schema = bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            guard schema <= SQLiteStore.schemaVersion else {
                throw .newerSchema(found: schema, known: SQLiteStore.schemaVersion)
            }
            knowsLogins = schema >= Migration.families.number
            changes = Array(bytes.dropFirst(4))
        }

        var bytes: [UInt8] {
            let schema = UInt32(clamping: SQLiteStore.schemaVersion)
            return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: schema >> $0) } + changes
        }
    }
}
