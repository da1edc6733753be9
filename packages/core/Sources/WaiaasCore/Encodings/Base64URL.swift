/// Base64url as JOSE writes it (RFC 7515 section 2): no padding, no line breaks, one text for one value.
public enum Base64URL {
    /// The text of some bytes.
    public static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        append(bytes.span, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a text; nil if it holds any other character, has an impossible length, or sets bits that mean nothing.
    public static func decode(_ text: String) -> [UInt8]? {
        decode(Array(text.utf8)[...])
    }

    /// The bytes of a text; nil if it holds any other character, has an impossible length, or sets bits that mean nothing.
    public static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let source = text.span
        let whole = source.count / 4
        let rest = source.count % 4
        guard rest != 1 else { return nil }
        var result = [UInt8](repeating: 0, count: whole * 3 + (rest == 0 ? 0 : rest - 1))
        var target = result.mutableSpan
        let table = values
        let values = table.span
        var seen: UInt32 = 0
        for group in 0..<whole {
            let first = UInt32(values[Int(source[group * 4])])
            let second = UInt32(values[Int(source[group * 4 + 1])])
            let third = UInt32(values[Int(source[group * 4 + 2])])
            let fourth = UInt32(values[Int(source[group * 4 + 3])])
            seen |= first | second | third | fourth
            let value = first << 18 | second << 12 | third << 6 | fourth
            target[group * 3] = UInt8(truncatingIfNeeded: value >> 16)
            target[group * 3 + 1] = UInt8(truncatingIfNeeded: value >> 8)
            target[group * 3 + 2] = UInt8(truncatingIfNeeded: value)
        }
        if rest > 0 {
            let first = UInt32(values[Int(source[whole * 4])])
            let second = UInt32(values[Int(source[whole * 4 + 1])])
            let third = rest == 3 ? UInt32(values[Int(source[whole * 4 + 2])]) : 0
            seen |= first | second | third
            let value = first << 18 | second << 12 | third << 6
            target[whole * 3] = UInt8(truncatingIfNeeded: value >> 16)
            if rest == 3 { target[whole * 3 + 1] = UInt8(truncatingIfNeeded: value >> 8) }
            // What the last character holds beyond the last byte must be zero, or one value would have several texts.
            if value & (rest == 3 ? 0xff : 0xffff) != 0 { seen |= foreign }
        }
        return seen & foreign == 0 ? result : nil
    }

    /// Appends the text of some bytes.
    public static func append(_ bytes: Span<UInt8>, to text: inout [UInt8]) {
        let letters = alphabet
        let digits = letters.span
        var index = 0
        while index + 3 <= bytes.count {
            let value = Int(bytes[index]) << 16 | Int(bytes[index + 1]) << 8 | Int(bytes[index + 2])
            text.append(digits[value >> 18])
            text.append(digits[value >> 12 & 63])
            text.append(digits[value >> 6 & 63])
            text.append(digits[value & 63])
            index += 3
        }
        let rest = bytes.count - index
        guard rest > 0 else { return }
        let value = Int(bytes[index]) << 16 | (rest == 2 ? Int(bytes[index + 1]) << 8 : 0)
        text.append(digits[value >> 18])
        text.append(digits[value >> 12 & 63])
        if rest == 2 { text.append(digits[value >> 6 & 63]) }
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    /// Set in the value of every character that is not of the alphabet, and in no other.
    private static let foreign: UInt32 = 0x80
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0x80, count: 256)
        for (value, letter) in alphabet.enumerated() { values[Int(letter)] = UInt8(truncatingIfNeeded: value) }
        return values
    }()
}
