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

    mutating func append(_ number: Int64) { append(word: UInt64(bitPattern: number)) }

    mutating func append(_ field: some Collection<UInt8>) {
        append(Int64(field.count))
        bytes.append(contentsOf: field)
    }

    mutating func append(optional field: (some Collection<UInt8>)?) {
        bytes.append(field == nil ? 0 : 1)
        if let field { append(field) }
    }

    /// The same as of its bytes, without an array of them: a million records have two million ids.
    mutating func append(optional id: Identifier<some Any>?) {
        bytes.append(id == nil ? 0 : 1)
        guard let id else { return }
        append(16)
        append(word: id.high)
        append(word: id.low)
    }

    /// The same as of its bytes, without an array of them.
    mutating func append(_ digest: Digest256) {
        append(Int64(Digest256.byteCount))
        digest.append(to: &bytes)
    }

    private mutating func append(word: UInt64) {
        unsafe withUnsafeBytes(of: word.bigEndian) { unsafe bytes.append(contentsOf: $0) }
    }
}
