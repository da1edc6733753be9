import CSQLite
import Glibc
import WaiaasCore

/// The row that a walk over recorded changes stands at, or that a repetition asks about.
///
/// Ownership: it belongs to the library's walk and is valid until that goes on.
struct RecordedRow {
    // Columns by their places; migrations append columns to these tables and move none.

    /// The column of `sessions` that holds the revocation.
    static let sessionRevokedAt: Int32 = 14
    /// The column of `agents` that holds the status; the reason follows it.
    static let suspendedAt: Int32 = 2
    /// The columns of `agents` that are no count of sessions.
    static let agentFacts: [Int32] = [1, 2, 3, 5, 6]
    /// The column of `users` that holds the status; the limit of tokens follows it.
    static let disabledAt: Int32 = 2
    /// The column of `refresh_families` that holds the revocation; the reason follows it.
    static let revokedAt: Int32 = 10
    /// The column of `refresh_families` that names the newest token.
    static let newest: Int32 = 12
    /// The column of `refresh_families` that holds that token sealed.
    static let sealedSuccessor: Int32 = 14

    let table: String
    private let rows: OpaquePointer?
    private let operation: Int32
    private let columns: Int32

    init(_ rows: OpaquePointer?) {
        self.rows = rows
        var (name, columns, operation, isIndirect) = (UnsafePointer<CChar>?.none, Int32(0), Int32(0), Int32(0))
        sqlite3changeset_op(rows, &name, &columns, &operation, &isIndirect)
        (self.operation, self.columns) = (operation, columns)
        table = name.map { String(cString: $0) } ?? ""
    }

    /// Whether the row is removed.
    var isRemoved: Bool { operation == SQLITE_DELETE }
    /// Whether the row was there before, and is there after.
    var isUpdated: Bool { operation == SQLITE_UPDATE }

    /// Whether a column has another value now; true for a row that was made or removed.
    func changes(_ column: Int32) -> Bool { !isUpdated || newValue(column) != nil }

    /// Whether the row that is there is what it was when the change was recorded, in every column that changes but one. To be asked of a
    /// change that met a row with other values, and of no other.
    func isContradicted(onlyIn allowed: Int32) -> Bool {
        (0..<columns).allSatisfy { column in
            var (recorded, present) = (OpaquePointer?.none, OpaquePointer?.none)
            sqlite3changeset_old(rows, column, &recorded)
            guard column != allowed, let recorded else { return true }
            sqlite3changeset_conflict(rows, column, &present)
            return present.map { Self.areEqual(recorded, $0) } ?? false
        }
    }

    private static func areEqual(_ one: OpaquePointer, _ other: OpaquePointer) -> Bool {
        guard sqlite3_value_type(one) == sqlite3_value_type(other) else { return false }
        if sqlite3_value_type(one) == SQLITE_INTEGER { return sqlite3_value_int64(one) == sqlite3_value_int64(other) }
        // The pointers of NULL and of what is empty may be null.
        guard let start = sqlite3_value_blob(one), let end = sqlite3_value_blob(other) else {
            return sqlite3_value_bytes(one) == sqlite3_value_bytes(other)
        }
        let count = Int(sqlite3_value_bytes(one))
        return count == Int(sqlite3_value_bytes(other)) && memcmp(start, end, count) == 0
    }

    func text(_ column: Int32) -> String? { value(column).flatMap { sqlite3_value_text($0) }.map { String(cString: $0) } }

    func bytes(_ column: Int32) -> [UInt8]? {
        guard let value = value(column), let start = sqlite3_value_blob(value) else { return nil }
        return [UInt8](UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(value))))
    }

    func identifier<Subject>(_ column: Int32) -> Identifier<Subject>? {
        guard let words = bytes(column), words.count == 16 else { return nil }
        return words.withUnsafeBytes { words in
            Identifier(
                high: UInt64(bigEndian: words.loadUnaligned(as: UInt64.self)),
                low: UInt64(bigEndian: words.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
        }
    }

    /// The number that a column has after the change; nil if it was not changed, or is NULL.
    func newInteger(_ column: Int32) -> Int64? {
        newValue(column).flatMap { sqlite3_value_type($0) == SQLITE_INTEGER ? sqlite3_value_int64($0) : nil }
    }

    /// The text that a column has after the change; nil if it was not changed, or is NULL.
    func newText(_ column: Int32) -> String? { newValue(column).flatMap { sqlite3_value_text($0) }.map { String(cString: $0) } }

    private func newValue(_ column: Int32) -> OpaquePointer? {
        guard !isRemoved else { return nil }
        var value: OpaquePointer?
        sqlite3changeset_new(rows, column, &value)
        return value
    }

    /// Part of the row's key: the same before and after the change.
    private func value(_ column: Int32) -> OpaquePointer? {
        guard operation != SQLITE_INSERT else { return newValue(column) }
        var value: OpaquePointer?
        sqlite3changeset_old(rows, column, &value)
        return value
    }
}
