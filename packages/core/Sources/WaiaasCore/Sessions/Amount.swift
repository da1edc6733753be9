/// A non-negative decimal number of bounded length in its one canonical spelling: no sign, no leading or trailing zeros.
///
/// Amounts are text because the numbers of money do not fit a machine word; only comparing and adding is needed.
public struct Amount: Equatable, Hashable, Sendable, CustomStringConvertible {
    /// The most digits before the point of a number that is read.
    public static let integerDigitsAllowed = 78
    /// The most digits after the point of a number that is read.
    public static let fractionDigitsAllowed = 36

    /// Digits before the point, most significant first, as values 0…9; at least one.
    private let integer: [UInt8]
    /// Digits after the point.
    private let fraction: [UInt8]

    private init(integer: [UInt8], fraction: [UInt8]) {
        self.integer = integer
        self.fraction = fraction
    }

    /// Nothing.
    public static let zero = Amount(integer: [0], fraction: [])

    /// Reads the canonical spelling; nil for any other.
    public init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard let integer = Self.digits(parts[0]), (1...Self.integerDigitsAllowed).contains(integer.count),
            integer.count == 1 || integer[0] != 0
        else { return nil }
        var fraction: [UInt8] = []
        if parts.count == 2 {
            guard let read = Self.digits(parts[1]), (1...Self.fractionDigitsAllowed).contains(read.count), read.last != 0 else {
                return nil
            }
            fraction = read
        }
        self.init(integer: integer, fraction: fraction)
    }

    /// The canonical spelling.
    public var description: String {
        let point = fraction.isEmpty ? [] : [UInt8(ascii: ".")]
        return String(decoding: integer.map { $0 + 48 } + point + fraction.map { $0 + 48 }, as: UTF8.self)
    }

    /// Whether its spelling can be read again; a sum may outgrow what is read.
    public var isReadable: Bool { integer.count <= Self.integerDigitsAllowed }

    /// The sum, exact.
    public static func + (left: Amount, right: Amount) -> Amount {
        let places = max(left.fraction.count, right.fraction.count)
        let width = max(left.integer.count, right.integer.count)
        var sum = [UInt8](repeating: 0, count: width + places + 1)
        var carry: UInt8 = 0
        for position in stride(from: width + places - 1, through: 0, by: -1) {
            let digit = left.digit(at: position, width: width) + right.digit(at: position, width: width) + carry
            sum[position + 1] = digit % 10
            carry = digit / 10
        }
        sum[0] = carry
        var integer = Array(sum[0...width].drop { $0 == 0 })
        if integer.isEmpty { integer = [0] }
        var fraction = Array(sum[(width + 1)...])
        while fraction.last == 0 { fraction.removeLast() }
        return Amount(integer: integer, fraction: fraction)
    }

    private func digit(at position: Int, width: Int) -> UInt8 {
        if position < width {
            let index = position - (width - integer.count)
            return index < 0 ? 0 : integer[index]
        }
        return position - width < fraction.count ? fraction[position - width] : 0
    }

    private static func digits(_ text: some Sequence<UInt8>) -> [UInt8]? {
        var digits: [UInt8] = []
        for byte in text {
            guard byte >= 48, byte <= 57 else { return nil }
            digits.append(byte - 48)
        }
        return digits
    }
}

extension Amount: Comparable {
    /// Compares by value.
    public static func < (left: Amount, right: Amount) -> Bool {
        if left.integer.count != right.integer.count { return left.integer.count < right.integer.count }
        if left.integer != right.integer { return left.integer.lexicographicallyPrecedes(right.integer) }
        return left.fraction.lexicographicallyPrecedes(right.fraction)
    }
}
