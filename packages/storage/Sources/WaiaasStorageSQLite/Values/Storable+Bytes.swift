import WaiaasCore

/// Sixteen bytes, big-endian, so that the order of the blobs is the order of the ids.
extension Identifier: Storable {
    func bind(to statement: Statement, at index: Int32) {
        BytePair(high: high, low: low).bind(to: statement, at: index)
    }

    init(reading row: Row) throws(StoreError) {
        let pair = try BytePair(reading: row)
        self.init(high: pair.high, low: pair.low)
    }
}

extension TokenID: Storable {
    func bind(to statement: Statement, at index: Int32) {
        BytePair(high: high, low: low).bind(to: statement, at: index)
    }

    init(reading row: Row) throws(StoreError) {
        let pair = try BytePair(reading: row)
        self.init(high: pair.high, low: pair.low)
    }
}

extension Digest256: Storable {
    func bind(to statement: Statement, at index: Int32) {
        withBytes { bytes in
            bytes.withUnsafeBytes { statement.bind(bytes: $0, at: index) }
        }
    }

    init(reading row: Row) throws(StoreError) {
        self = try row.withBlob { Digest256(bytes: RawSpan(_unsafeBytes: $0)) }
    }
}

/// Bytes of any length: signatures, public keys, bounds of a page. The schema checks the lengths.
extension [UInt8]: Bindable, Storable {
    func bind(to statement: Statement, at index: Int32) {
        withUnsafeBytes { statement.bind(bytes: $0, at: index) }
    }

    init(reading row: Row) throws(StoreError) { self = try row.withBlob { [UInt8]($0) } }
}

/// What ids and token ids have in common: two words, big-endian.
private struct BytePair {
    let high: UInt64
    let low: UInt64

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    func bind(to statement: Statement, at index: Int32) {
        withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { statement.bind(bytes: $0, at: index) }
    }

    init(reading row: Row) throws(StoreError) {
        self = try row.withBlob { bytes in
            guard bytes.count == 16 else { return nil }
            return BytePair(
                high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
        }
    }
}
