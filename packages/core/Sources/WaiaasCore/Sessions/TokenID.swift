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

    /// Reads 32 lower-case hex characters; nil for anything else.
    public init?(_ text: String) {
        self.init(utf8: text.utf8)
    }

    /// Reads them from bytes.
    @inlinable
    public init?(utf8 text: some Collection<UInt8>) {
        guard text.count == 32 else { return nil }
        var words: (UInt64, UInt64) = (0, 0)
        var index = -1
        for digit in text {
            index += 1
            let value: UInt8
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
            default: return nil
            }
            if index < 16 { words.0 = words.0 << 4 | UInt64(value) } else { words.1 = words.1 << 4 | UInt64(value) }
        }
        self.init(high: words.0, low: words.1)
    }

    private static func hex(_ word: UInt64) -> String {
        let digits = String(word, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
