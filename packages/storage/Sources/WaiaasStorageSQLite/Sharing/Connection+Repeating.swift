import CSQLite
import WaiaasCore

/// How recorded changes meet rows that are not as they were when the changes were made.
enum Repetition {
    /// They never do: a difference means that the two stores are not the same, and nothing is changed.
    case exact
    /// They take back what they did.
    case inverted
    /// What fits is done, what contradicts a row is left out, but for what takes a right away; whole tables may be left out too.
    case fitting(leavingOut: Set<String>)
}

extension Connection {
    /// Repeats what a ``ChangeRecorder`` recorded, inside the transaction that is open. Triggers do not fire: what they did is among it.
    ///
    /// - Returns: how many changes of rows were left out, whole or in part.
    @discardableResult
    func apply(_ changes: [UInt8], _ repetition: Repetition = .exact) throws(StoreError) -> Int {
        guard !changes.isEmpty else { return 0 }
        var meeting = Meeting(repetition)
        waiaas_sqlite_set_triggers(handle, 0)
        defer { waiaas_sqlite_set_triggers(handle, 1) }
        let flags = if case .inverted = repetition { SQLITE_CHANGESETAPPLY_INVERT } else { Int32(0) }
        // The library does not write to what it is given.
        let code = changes.withUnsafeBytes { bytes in
            withUnsafeMutablePointer(to: &meeting) { meeting in
                sqlite3changeset_apply_v2(
                    handle, Int32(clamping: bytes.count), UnsafeMutableRawPointer(mutating: bytes.baseAddress), Meeting.takesTable,
                    Meeting.meets, meeting, nil, nil, flags)
            }
        }
        guard code == SQLITE_OK else { throw error(code, during: "repeat the changes of another store") }
        for restriction in meeting.restrictions { try restriction.apply(on: self) }
        return meeting.leftOut
    }
}

/// What the library's questions are answered from. It lives for one call of the library, which is given its address.
private struct Meeting {
    let isFitting: Bool
    let tables: Set<String>
    var leftOut = 0
    var restrictions: [Restriction] = []

    init(_ repetition: Repetition) {
        switch repetition {
        case .exact, .inverted: (isFitting, tables) = (false, [])
        case .fitting(let leavingOut): (isFitting, tables) = (true, leavingOut)
        }
    }

    typealias TableQuestion = @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?) -> Int32
    typealias RowQuestion = @convention(c) (UnsafeMutableRawPointer?, Int32, OpaquePointer?) -> Int32

    static let takesTable: TableQuestion = { context, name in
        guard let meeting = context?.assumingMemoryBound(to: Meeting.self), let name else { return 0 }
        return meeting.pointee.tables.contains(String(cString: name)) ? 0 : 1
    }

    static let meets: RowQuestion = { context, kind, change in
        guard let meeting = context?.assumingMemoryBound(to: Meeting.self) else { return SQLITE_CHANGESET_ABORT }
        // Rows without the row they belong to are found when everything was repeated.
        if kind == SQLITE_CHANGESET_FOREIGN_KEY { return meeting.pointee.isFitting ? SQLITE_CHANGESET_OMIT : SQLITE_CHANGESET_ABORT }
        let row = RecordedRow(change)
        // A row that went with the one it belongs to is gone already.
        if kind == SQLITE_CHANGESET_NOTFOUND, row.isRemoved { return SQLITE_CHANGESET_OMIT }
        guard meeting.pointee.isFitting else { return SQLITE_CHANGESET_ABORT }
        // What was removed stays removed, whatever was done to it elsewhere.
        if kind == SQLITE_CHANGESET_DATA, row.isRemoved { return SQLITE_CHANGESET_REPLACE }
        // That a sealed successor was forgotten elsewhere keeps no exchange from being made.
        if kind == SQLITE_CHANGESET_DATA, row.isUpdated, row.table == "refresh_families", row.changes(RecordedRow.newest),
            row.isContradicted(onlyIn: RecordedRow.sealedSuccessor)
        {
            return SQLITE_CHANGESET_REPLACE
        }
        if row.isUpdated, let restriction = Restriction(row) { meeting.pointee.restrictions.append(restriction) }
        // An agent's sessions are counted anew.
        let isCount = row.table == "agents" && row.isUpdated && !RecordedRow.agentFacts.contains { row.changes($0) }
        meeting.pointee.leftOut += isCount ? 0 : 1
        return SQLITE_CHANGESET_OMIT
    }
}
