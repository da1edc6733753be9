/// The inside of a string: which bytes may stand there (RFC 8259 section 7, RFC 3629), and what they mean.
struct JSONText {
    /// Offset of the closing quote.
    let end: Int
    /// Whether there is a backslash in it.
    let isEscaped: Bool

    /// Reads a string to its closing quote.
    /// - Parameter start: offset of the byte after the opening quote.
    init(scanning bytes: Span<UInt8>, at start: Int) throws(JSONError) {
        var index = start
        var isEscaped = false
        while index < bytes.count {
            let byte = bytes[index]
            if byte >= 0x80 {
                index += try Self.multibyteLength(bytes, at: index)
            } else if byte >= 0x20 {
                if byte == UInt8(ascii: "\"") {
                    end = index
                    self.isEscaped = isEscaped
                    return
                }
                if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                    index += try Self.escapeLength(bytes, at: index)
                } else {
                    index += 1
                }
            } else {
                throw byte == 0 ? .nul(offset: index) : .controlCharacter(byte, offset: index)
            }
        }
        throw .unexpectedEnd(offset: bytes.count)
    }

    /// Whether two names mean the same text.
    static func areEqual(_ one: JSONEntry, _ other: JSONEntry, in bytes: Span<UInt8>) -> Bool {
        guard !one.isEscaped, !other.isEscaped else { return decoded(one, in: bytes) == decoded(other, in: bytes) }
        let count = one.end - one.start
        guard count == other.end - other.start else { return false }
        var distance: UInt32 = 0
        while distance < count {
            guard bytes[Int(one.start + distance)] == bytes[Int(other.start + distance)] else { return false }
            distance += 1
        }
        return true
    }

    /// The text of a string that was scanned, as UTF-8.
    static func decoded(_ entry: JSONEntry, in bytes: Span<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var index = Int(entry.start)
        let end = Int(entry.end)
        result.reserveCapacity(end - index)
        while index < end {
            guard bytes[index] == UInt8(ascii: "\\"), index + 1 < end else {
                result.append(bytes[index])
                index += 1
                continue
            }
            let letter = bytes[index + 1]
            index += 2
            switch letter {
            case UInt8(ascii: "b"): result.append(0x08)
            case UInt8(ascii: "f"): result.append(0x0c)
            case UInt8(ascii: "n"): result.append(0x0a)
            case UInt8(ascii: "r"): result.append(0x0d)
            case UInt8(ascii: "t"): result.append(0x09)
            case UInt8(ascii: "u"):
                var value = hex(bytes, at: index) ?? 0xfffd
                index += 4
                if (0xd800..<0xdc00).contains(value), let low = hex(bytes, at: index + 2) {
                    value = 0x10000 + (value - 0xd800) << 10 + (low & 0x3ff)
                    index += 6
                }
                result.append(contentsOf: UTF8.encode(Unicode.Scalar(value) ?? "\u{fffd}") ?? UTF8.encodedReplacementCharacter)
            default: result.append(letter)
            }
        }
        return result
    }

    /// Length of the escape at a backslash; a surrogate pair counts as one.
    private static func escapeLength(_ bytes: Span<UInt8>, at start: Int) throws(JSONError) -> Int {
        guard start + 1 < bytes.count else { throw .unexpectedEnd(offset: bytes.count) }
        switch bytes[start + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            return 2
        case UInt8(ascii: "u"):
            guard let value = hex(bytes, at: start + 2) else { throw .invalidEscape(offset: start) }
            switch value {
            case 0: throw .nul(offset: start)
            case 0xdc00..<0xe000: throw .loneSurrogate(offset: start)
            case 0xd800..<0xdc00:
                guard start + 7 < bytes.count, bytes[start + 6] == UInt8(ascii: "\\"), bytes[start + 7] == UInt8(ascii: "u"),
                    let low = hex(bytes, at: start + 8), (0xdc00..<0xe000).contains(low)
                else { throw .loneSurrogate(offset: start) }
                return 12
            default: return 6
            }
        default:
            throw .invalidEscape(offset: start)
        }
    }

    private static func hex(_ bytes: Span<UInt8>, at start: Int) -> UInt32? {
        guard start + 4 <= bytes.count else { return nil }
        var value: UInt32 = 0
        for index in start..<start + 4 {
            let digit: UInt8
            switch bytes[index] {
            case let byte where UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte: digit = byte - UInt8(ascii: "0")
            case let byte where UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte: digit = byte - UInt8(ascii: "a") + 10
            case let byte where UInt8(ascii: "A")...UInt8(ascii: "F") ~= byte: digit = byte - UInt8(ascii: "A") + 10
            default: return nil
            }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    /// Length of the well-formed sequence (Unicode 15, table 3-7) at a byte that is not ASCII.
    private static func multibyteLength(_ bytes: Span<UInt8>, at start: Int) throws(JSONError) -> Int {
        let length: Int
        let second: ClosedRange<UInt8>
        switch bytes[start] {
        case 0xc2...0xdf: (length, second) = (2, 0x80...0xbf)
        case 0xe0: (length, second) = (3, 0xa0...0xbf)
        case 0xed: (length, second) = (3, 0x80...0x9f)
        case 0xe1...0xef: (length, second) = (3, 0x80...0xbf)
        case 0xf0: (length, second) = (4, 0x90...0xbf)
        case 0xf1...0xf3: (length, second) = (4, 0x80...0xbf)
        case 0xf4: (length, second) = (4, 0x80...0x8f)
        default: throw .invalidUTF8(offset: start)
        }
        guard start + length <= bytes.count, second.contains(bytes[start + 1]) else { throw .invalidUTF8(offset: start) }
        for index in start + 2..<max(start + 2, start + length) {
            guard bytes[index] & 0xc0 == 0x80 else { throw .invalidUTF8(offset: start) }
        }
        return length
    }
}
