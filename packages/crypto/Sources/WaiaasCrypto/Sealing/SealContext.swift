/// Where a sealed value belongs. It is authenticated with the value, so a value that somebody moves to another table, row or column, or
/// brings back from an earlier epoch, does not open.
public struct SealContext: Sendable, Equatable {
    /// The table, or another name for the kind of thing.
    public var table: String
    /// The row.
    public var row: String
    /// The column.
    public var column: String
    /// The epoch of the ring that the value belongs to; 0 where there is none.
    public var epoch: UInt64

    /// Names a place.
    public init(table: String, row: String, column: String, epoch: UInt64 = 0) {
        self.table = table
        self.row = row
        self.column = column
        self.epoch = epoch
    }

    /// The place as bytes. Each text is preceded by its length in 8 bytes, so no two places have the same bytes.
    public var bytes: [UInt8] {
        var result: [UInt8] = []
        for text in [table, row, column] {
            result.append(bigEndian: UInt64(text.utf8.count))
            result.append(contentsOf: text.utf8)
        }
        result.append(bigEndian: epoch)
        return result
    }
}

extension [UInt8] {
    fileprivate mutating func append(bigEndian value: UInt64) {
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }
}
