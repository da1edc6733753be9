/// A UUID version 7 (RFC 9562 section 5.7) of one kind of thing: time-ordered, so it serves as a page cursor too.
///
/// The type parameter keeps an agent's id from being passed where a session's is wanted.
public struct Identifier<Subject>: Hashable, Comparable, Sendable {
    /// The first eight bytes, big-endian.
    public let high: UInt64
    /// The last eight bytes, big-endian.
    public let low: UInt64

    /// An id from its two halves, as stored.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// A fresh id.
    ///
    /// - Parameters:
    ///   - time: when it is made; the first 48 bits.
    ///   - randomness: fills the other 74 bits.
    public init(at time: WallTime, randomness: Randomness) {
        high = UInt64(truncatingIfNeeded: time.milliseconds) << 16 | 0x7000 | randomness.word() >> 52
        low = 0x8000_0000_0000_0000 | randomness.word() >> 2
    }

    /// The least id of a time: those that were made earlier are less.
    public init(leastAt time: WallTime) {
        self.init(high: UInt64(clamping: time.milliseconds) << 16, low: 0)
    }

    /// Reads sixteen bytes, big-endian; nil for another count.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 16 else { return nil }
        var halves: (UInt64, UInt64) = (0, 0)
        for (index, byte) in bytes.enumerated() {
            if index < 8 { halves.0 = halves.0 << 8 | UInt64(byte) } else { halves.1 = halves.1 << 8 | UInt64(byte) }
        }
        self.init(high: halves.0, low: halves.1)
    }

    /// The sixteen bytes, big-endian: what a BLOB column holds.
    public var bytes: [UInt8] {
        var result = [UInt8]()
        result.reserveCapacity(16)
        for half in [high, low] {
            for shift in stride(from: 56, through: 0, by: -8) { result.append(UInt8(truncatingIfNeeded: half >> UInt64(shift))) }
        }
        return result
    }

    /// Older ids sort first.
    public static func < (left: Identifier, right: Identifier) -> Bool {
        left.high != right.high ? left.high < right.high : left.low < right.low
    }
}
