import WaiaasCore

/// What to do where the log lost entries of this store, and others went on without them.
extension LogFollower {
    /// Tables that are one chain: records that were made apart cannot be put into one.
    private static let chains: Set<String> = ["audit_log", "audit_checkpoints", "audit_keys"]

    /// Takes the store's own entries back, repeats those of others, and enters its own again behind them as far as they fit.
    ///
    /// - Parameters:
    ///   - theirs: what others entered behind the last place in common.
    ///   - end: the log's end as it was found.
    /// - Returns: what changed: everything, or nothing if others were quicker.
    func merge(_ theirs: [Opened], behind fork: LogHead, end: String) throws(StoreError) -> ForeignChanges {
        guard let last = theirs.last?.head else { return ForeignChanges() }
        let own = try open(try journal.entries(after: fork.sequence).map(\.bytes), behind: fork)
        var rows = 0
        var (isEntered, rings, records) = (true, Set<KeyRing>(), 0)
        try connection.run("BEGIN IMMEDIATE")
        do throws(StoreError) {
            for entry in own.reversed() { try connection.apply(entry.changes, .inverted) }
            try journal.forget(after: fork.sequence)
            for entry in theirs {
                try connection.apply(entry.changes)
                try journal.note(entry.sealed, at: entry.head)
            }
            let recorder = try ChangeRecorder(on: connection)
            // The audit key goes with its chain.
            let kept = try KeyRing.touched(by: theirs).union([.audit])
            let values = try keep(kept)
            for entry in own {
                rows += try connection.apply(entry.changes, .fitting(leavingOut: Self.chains))
                records += try connection.countRows(of: ["audit_log"], in: entry.changes)
            }
            rings = try KeyRing.touched(by: own).intersection(kept)
            try putBack(values)
            rows += try removeOrphans()
            try countSessions()
            let changes = try recorder.changes()
            if !changes.isEmpty {
                let sealed = try sharing.sealing.seal(Entry(changes).bytes, behind: last)
                isEntered = try sharing.log.enter(
                    [NumberedEntry(sequence: sealed.head.sequence, bytes: sealed.entry)], ifEndIs: end, end: sealed.head)
                try journal.note(sealed.entry, at: sealed.head)
            }
            // What is kept beside the database may be of what is taken back; it is made anew from the database.
            if isEntered { sharing.replacing() }
            try connection.run(isEntered ? "COMMIT" : "ROLLBACK")
        } catch {
            if !connection.isIdle { try connection.run("ROLLBACK") }
            throw error
        }
        guard isEntered else { return ForeignChanges() }
        position = try journal.position() ?? position
        sharing.happened(
            .merged(entries: own.count, rowsLeftOut: rows, recordsLeftOut: records, ringsLeftOut: rings.map(\.rawValue).sorted()))
        return .everything
    }

    /// The values of rings as they are now.
    private func keep(_ rings: Set<KeyRing>) throws(StoreError) -> [(name: StateName, value: String?)] {
        var values: [(StateName, String?)] = []
        for name in rings.flatMap(\.states) {
            var value: String?
            try connection.forEach(of: "system_state", "SELECT value FROM system_state WHERE key = ?", name.rawValue) {
                (row: inout Row) throws(StoreError) in value = try row.next()
            }
            values.append((name, value))
        }
        return values
    }

    private func putBack(_ values: [(name: StateName, value: String?)]) throws(StoreError) {
        for (name, value) in values {
            if let value {
                try connection.run(
                    "INSERT INTO system_state (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                    name.rawValue, value)
            } else {
                try connection.run("DELETE FROM system_state WHERE key = ?", name.rawValue)
            }
        }
    }

    /// Removes rows whose owner was left out, as when two agents were given one name.
    private func removeOrphans() throws(StoreError) -> Int {
        // What was repeated left the account of them to the end of the transaction.
        try connection.execute("PRAGMA defer_foreign_keys = 1")
        return try connection.run("DELETE FROM sessions WHERE NOT EXISTS (SELECT 1 FROM agents WHERE id = agent_id)")
            + connection.run("DELETE FROM authorizations WHERE NOT EXISTS (SELECT 1 FROM sessions WHERE id = session_id)")
            + connection.run("DELETE FROM user_sessions WHERE NOT EXISTS (SELECT 1 FROM users WHERE id = user_id)")
            + connection.run("DELETE FROM refresh_families WHERE NOT EXISTS (SELECT 1 FROM users WHERE id = user_id)")
    }

    private func countSessions() throws(StoreError) {
        try connection.run(
            """
            UPDATE agents SET live_sessions =
                (SELECT count(*) FROM sessions WHERE agent_id = agents.id AND holds_place = 1)
            WHERE live_sessions <> (SELECT count(*) FROM sessions WHERE agent_id = agents.id AND holds_place = 1)
            """)
    }
}

/// Values that are sealed together: of two rings that went on apart only one can be taken, and that is the others'.
private enum KeyRing: String, CaseIterable {
    case masterPassword = "the master password"
    case session = "the session secret"
    case user = "the user keys"
    case event = "the event secret and its consumers"
    case audit = "the audit key"

    var states: [StateName] {
        switch self {
        case .masterPassword: [.masterKey]
        case .session: [.sessionRingEpoch, .jwtSecretCurrent, .jwtSecretPrevious, .jwtSecretRotatedAt]
        case .user: [.userRingEpoch, .userRing, .keySetAge]
        case .event: [.eventRingEpoch, .eventRing]
        case .audit: [.auditKey]
        }
    }

    /// The rings that entries change.
    static func touched(by entries: [LogFollower.Opened]) throws(StoreError) -> Set<KeyRing> {
        var states: Set<StateName> = []
        for entry in entries { states.formUnion(try ForeignChanges(recorded: entry.changes).states) }
        return Set(allCases.filter { !states.isDisjoint(with: $0.states) })
    }
}

extension ForeignChanges {
    /// Everything may be different.
    fileprivate static var everything: ForeignChanges {
        var all = ForeignChanges()
        all.isWholesale = true
        all.isRewritten = true
        all.states = Set(StateName.allCases)
        all.tables = ["agents", "sessions", "users", "refresh_families", "oauth_clients", "lockouts", "user_sessions", "public_sessions"]
        all.tables.formUnion(["system_state", "audit_log", "audit_checkpoints", "audit_keys"])
        return all
    }
}
