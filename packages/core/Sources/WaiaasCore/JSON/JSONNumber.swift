/// The grammar of a number (RFC 8259 section 6) and the range that a double keeps exactly.
struct JSONNumber {
    /// The largest integer whose neighbours a double can tell apart, 2^53 - 1 (RFC 7493 section 2.2).
    static let largestInteger: Int64 = 9_007_199_254_740_991
    /// More digits than this never are an integer in range, and no decimal has use for them.
    private static let longest = 64

    let kind: JSONKind
    let end: Int

    /// Reads the number that begins at an offset, whose first byte is a minus or a digit.
    init(scanning bytes: Span<UInt8>, at start: Int) throws(JSONError) {
        var index = start
        if bytes[index] == UInt8(ascii: "-") { index += 1 }
        let integerStart = index
        var value: Int64 = 0
        while index < bytes.count, let digit = Self.digit(bytes[index]) {
            value = value * 10 + digit
            guard value <= Self.largestInteger else { throw .numberOutOfRange(offset: start) }
            index += 1
        }
        let digits = index - integerStart
        guard digits > 0, digits == 1 || bytes[integerStart] != UInt8(ascii: "0") else { throw .invalidNumber(offset: start) }

        let fractionStart = index
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            index = try Self.skipDigits(bytes, from: index + 1, numberAt: start)
        }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") { index += 1 }
            index = try Self.skipDigits(bytes, from: index, numberAt: start)
        }
        end = index
        kind = index == fractionStart ? .integer : .decimal
        guard index - start <= Self.longest else { throw .numberOutOfRange(offset: start) }
        if kind == .decimal {
            let magnitude = Self.double(bytes, start, end).magnitude
            guard magnitude <= Double(Self.largestInteger) else { throw .numberOutOfRange(offset: start) }
        }
    }

    /// The value of an integer that was scanned.
    static func integer(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int64 {
        var value: Int64 = 0
        var index = bytes[start] == UInt8(ascii: "-") ? start + 1 : start
        while index < end, let digit = digit(bytes[index]) {
            value = value &* 10 &+ digit
            index += 1
        }
        return bytes[start] == UInt8(ascii: "-") ? -value : value
    }

    /// The value of a number that was scanned; one too large for a double is infinite.
    static func double(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Double {
        var text = ""
        for index in start..<end { text.unicodeScalars.append(Unicode.Scalar(bytes[index])) }
        return Double(text) ?? .infinity
    }

    private static func digit(_ byte: UInt8) -> Int64? {
        let value = byte &- UInt8(ascii: "0")
        return value < 10 ? Int64(value) : nil
    }

    private static func skipDigits(_ bytes: Span<UInt8>, from start: Int, numberAt number: Int) throws(JSONError) -> Int {
        var index = start
        while index < bytes.count, digit(bytes[index]) != nil { index += 1 }
        guard index > start else { throw .invalidNumber(offset: number) }
        return index
    }
}
