import CSQLite
import WaiaasCore

/// One row of a result, read from left to right.
///
/// Ownership: valid only inside the closure that is given it; a blob's bytes only inside ``withBlob(_:)``.
struct Row {
    private let handle: OpaquePointer
    private let table: StaticString
    private var column: Int32 = -1

    init(of statement: Statement, table: StaticString) {
        handle = statement.handle
        self.table = table
    }

    /// The value of the next column.
    mutating func next<Value: Storable>() throws(StoreError) -> Value {
        column += 1
        return try Value(reading: self)
    }

    /// The value of the next column, which is often that of the row before: then no text is made of it.
    ///
    /// - Parameter last: the value of the row before, and afterwards of this one.
    mutating func next<Value: StoredAsText>(orStill last: inout Value?) throws(StoreError) -> Value {
        column += 1
        if let known = last, isText(known.spelling) { return known }
        let value = try Value(reading: self)
        last = value
        return value
    }

    /// The blob of the next column, which must have this length.
    mutating func bytes(count: Int) throws(StoreError) -> [UInt8] {
        column += 1
        return try withBlob { $0.count == count ? [UInt8]($0) : nil }
    }

    /// The number of the next column, which must not be negative.
    mutating func count() throws(StoreError) -> Int64 {
        let count: Int64 = try next()
        guard count >= 0 else { throw damaged("a negative count") }
        return count
    }

    /// The fault of the column that was read last.
    func damaged(_ reason: String) -> StoreError {
        let name = sqlite3_column_name(handle, column).map { String(cString: $0) } ?? "\(column)"
        return .damaged(table: "\(table)", column: name, reason: reason)
    }

    var isNull: Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

    func integer() throws(StoreError) -> Int64 {
        guard sqlite3_column_type(handle, column) == SQLITE_INTEGER else { throw damaged("not an integer") }
        return sqlite3_column_int64(handle, column)
    }

    func text() throws(StoreError) -> String {
        guard sqlite3_column_type(handle, column) == SQLITE_TEXT else { throw damaged("not text") }
        guard let start = sqlite3_column_text(handle, column) else { throw .unavailable("read text: out of memory") }
        let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
        guard let text = try? UTF8Span(validating: Span(_unsafeElements: bytes)) else { throw damaged("not UTF-8") }
        return String(copying: text)
    }

    private func isText(_ text: String) -> Bool {
        guard sqlite3_column_type(handle, column) == SQLITE_TEXT, let start = sqlite3_column_text(handle, column) else { return false }
        let count = Int(sqlite3_column_bytes(handle, column))
        var text = text
        return text.withUTF8 { $0.count == count && $0.elementsEqual(UnsafeBufferPointer(start: start, count: count)) }
    }

    func withBlob<Result>(_ body: (UnsafeRawBufferPointer) -> Result?) throws(StoreError) -> Result {
        guard sqlite3_column_type(handle, column) == SQLITE_BLOB else { throw damaged("not a blob") }
        let count = Int(sqlite3_column_bytes(handle, column))
        guard let result = body(UnsafeRawBufferPointer(start: sqlite3_column_blob(handle, column), count: count)) else {
            throw damaged("\(count) bytes are the wrong length")
        }
        return result
    }
}
