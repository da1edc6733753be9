public import WaiaasCore

/// Percent-encoding of path segments and query strings (RFC 3986 section 2.1), strict in reading.
public enum PercentEncoding {
    /// The text with every byte outside the unreserved set encoded.
    public static func encoded(_ text: String) -> String {
        text.utf8.reduce(into: "") { result, byte in
            if isUnreserved(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
    }

    /// The text that an encoded one stands for; nil for a broken escape, for bytes that are not UTF-8, and for NUL.
    public static func decoded(_ text: some StringProtocol) -> String? {
        decoded(Array(text.utf8)[...], readingPlusAs: plus)
    }

    /// The pairs of a query string, in order and decoded; a name without `=` has an empty value.
    ///
    /// - Parameter query: what follows the question mark.
    /// - Throws: `VALIDATION_ERROR` for a broken escape, or more than 32 pairs.
    public static func pairs(ofQuery query: String) throws(Problem) -> [(name: String, value: String)] {
        try pairs(of: Array(query.utf8), readingPlusAs: plus)
    }

    private static let plus = UInt8(ascii: "+")

    /// Pairs in bytes: forms come with every refresh, and text is slow to walk through.
    ///
    /// - Parameter replacement: what a plus sign stands for.
    static func pairs(of text: [UInt8], readingPlusAs replacement: UInt8) throws(Problem) -> [(name: String, value: String)] {
        var pairs: [(name: String, value: String)] = []
        var rest = text[...]
        while !rest.isEmpty {
            let part = rest.prefix { $0 != UInt8(ascii: "&") }
            rest = rest[part.endIndex...].dropFirst()
            guard !part.isEmpty else { continue }
            let end = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
            guard let name = decoded(part[..<end], readingPlusAs: replacement),
                let value = decoded(part[end...].dropFirst(), readingPlusAs: replacement), pairs.count < 32
            else { throw Problem(.validationError, message: "The query string cannot be read.", hint: "Use UTF-8, percent-encoded.") }
            pairs.append((name, value))
        }
        return pairs
    }

    /// The same for bytes.
    ///
    /// - Parameter replacement: what a plus sign stands for.
    static func decoded(_ text: ArraySlice<UInt8>, readingPlusAs replacement: UInt8) -> String? {
        // Most texts stand for themselves.
        guard text.contains(where: { $0 == UInt8(ascii: "%") || $0 == plus || $0 == 0 }) else {
            return String(validating: text, as: UTF8.self)
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var rest = text.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case 0: return nil
            case plus: bytes.append(replacement)
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(digit), let low = rest.next().flatMap(digit), high | low != 0 else { return nil }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
            true
        default: false
        }
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
