import CSQLite
import WaiaasCore

/// How recorded changes meet rows that are not as they were when the changes were made.
enum Repetition {
    /// They never do: a difference means that the two stores are not the same, and nothing is changed.
    case exact
    /// They take back what they did.
    case inverted
    /// What fits is done, what contradicts a row is left out; whole tables may be left out too.
    case fitting(leavingOut: Set<String>)
}

extension Connection {
    /// Repeats what a ``ChangeRecorder`` recorded, inside the transaction that is open. Triggers do not fire: what they did is among it.
    ///
    /// - Returns: how many changes of rows were left out.
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
        return meeting.leftOut
    }
}

/// What the library's questions are answered from. It lives for one call of the library, which is given its address.
private struct Meeting {
    let isFitting: Bool
    let tables: Set<String>
    var leftOut = 0

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
        var (table, columns, operation, isIndirect) = (UnsafePointer<CChar>?.none, Int32(0), Int32(0), Int32(0))
        if kind != SQLITE_CHANGESET_FOREIGN_KEY { sqlite3changeset_op(change, &table, &columns, &operation, &isIndirect) }
        // A row that went with the one it belongs to is gone already.
        if kind == SQLITE_CHANGESET_NOTFOUND, operation == SQLITE_DELETE { return SQLITE_CHANGESET_OMIT }
        guard meeting.pointee.isFitting else { return SQLITE_CHANGESET_ABORT }
        meeting.pointee.leftOut += 1
        return SQLITE_CHANGESET_OMIT
    }
}
