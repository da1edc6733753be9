/// Writes fields so that no two different lists of fields give the same bytes: each carries its length.
struct CanonicalBytes {
    private(set) var bytes: [UInt8]

    /// - Parameters:
    ///   - label: what the bytes are, so that bytes made for one purpose never pass for another.
    ///   - capacity: how many bytes to expect.
    init(label: String, capacity: Int) {
        bytes = []
        bytes.reserveCapacity(capacity)
        append(label.utf8)
    }

    mutating func append(_ number: Int64) {
        for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: number >> Int64(shift))) }
    }

    mutating func append(_ field: some Collection<UInt8>) {
        append(Int64(field.count))
        bytes.append(contentsOf: field)
    }

    mutating func append(optional field: (some Collection<UInt8>)?) {
        bytes.append(field == nil ? 0 : 1)
        if let field { append(field) }
    }
}
