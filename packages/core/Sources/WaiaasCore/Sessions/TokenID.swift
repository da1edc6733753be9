/// The `jti` of a token: 128 random bits, so that no two tokens are alike.
public struct TokenID: Hashable, Sendable, CustomStringConvertible {
    /// The first half.
    public let high: UInt64
    /// The second half.
    public let low: UInt64

    /// A `jti` as it is stored.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// A fresh one.
    public init(randomness: Randomness) {
        self.init(high: randomness.word(), low: randomness.word())
    }

    /// 32 lower-case hex characters.
    public var description: String { Self.hex(high) + Self.hex(low) }

    private static func hex(_ word: UInt64) -> String {
        let digits = String(word, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
