/// Base64 with the usual alphabet (RFC 4648 section 4), read strictly: what HTTP Basic and password hashes use.
public enum Base64 {
    /// The text of bytes.
    ///
    /// - Parameter padded: whether `=` fills it up to a multiple of four.
    public static func encode(_ bytes: [UInt8], padded: Bool = true) -> String {
        let text = Base64URL.encode(bytes).utf8.map { exchanged($0, minus: UInt8(ascii: "+"), underscore: UInt8(ascii: "/")) }
        let padding = padded ? (4 - text.count % 4) % 4 : 0
        return String(decoding: text, as: UTF8.self) + String(repeating: "=", count: padding)
    }

    /// Appends the text of some bytes, padded: for a secret, whose text must be wiped like itself.
    public static func append(_ bytes: Span<UInt8>, to text: inout [UInt8]) {
        let start = text.count
        Base64URL.append(bytes, to: &text)
        for index in start..<text.count {
            text[index] = exchanged(text[index], minus: UInt8(ascii: "+"), underscore: UInt8(ascii: "/"))
        }
        while (text.count - start) % 4 != 0 { text.append(UInt8(ascii: "=")) }
    }

    /// The bytes of a text, with its padding or without it; nil for anything else.
    public static func decode(_ text: String) -> [UInt8]? { decode(Array(text.utf8)[...]) }

    /// The bytes of a text, with its padding or without it; nil for anything else.
    public static func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        let padding = bytes.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        guard padding <= 2, padding == 0 || bytes.count % 4 == 0,
            !bytes.contains(where: { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") })
        else { return nil }
        let url = bytes.dropLast(padding).map { byte in
            switch byte {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            default: byte
            }
        }
        return Base64URL.decode(url[...])
    }

    private static func exchanged(_ byte: UInt8, minus: UInt8, underscore: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "-"): minus
        case UInt8(ascii: "_"): underscore
        default: byte
        }
    }
}
