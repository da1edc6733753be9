/// Why a percent-encoded text cannot be read.
public enum PercentEncodingError: Error, Equatable {
    /// A `%` without two hexadecimal digits behind it.
    case malformedEscape(text: String)
    /// The decoded bytes are not UTF-8.
    case invalidUTF8(text: String)
    /// `%00`: no name or value of ours holds a NUL, and C code behind us would cut the text there.
    case containsNUL(text: String)
}

/// Percent-encoding (RFC 3986 section 2.1), read strictly.
public enum PercentEncoding {
    /// What a `+` stands for.
    public enum Form: Sendable {
        /// Itself: a part of a path.
        case path
        /// A space: a name or a value of a query, as forms encode them.
        case query
    }

    /// The text that `encoded` stands for.
    ///
    /// - Parameters:
    ///   - encoded: One part of a path or query, after splitting: a decoded `/` or `&` is data.
    ///   - form: What a `+` means.
    /// - Throws: ``PercentEncodingError`` with the text as it was sent.
    public static func decode(_ encoded: Substring, form: Form) throws(PercentEncodingError) -> String {
        let bytes = encoded.utf8
        guard bytes.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") || $0 == 0 }) else { return String(encoded) }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var iterator = bytes.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = iterator.next().flatMap(hexadecimalValue), let low = iterator.next().flatMap(hexadecimalValue) else {
                    throw .malformedEscape(text: String(encoded))
                }
                decoded.append(high << 4 | low)
            case UInt8(ascii: "+") where form == .query: decoded.append(UInt8(ascii: " "))
            default: decoded.append(byte)
            }
        }
        guard !decoded.contains(0) else { throw .containsNUL(text: String(encoded)) }
        guard let text = String(validating: decoded, as: UTF8.self) else { throw .invalidUTF8(text: String(encoded)) }
        return text
    }

    private static func hexadecimalValue(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
