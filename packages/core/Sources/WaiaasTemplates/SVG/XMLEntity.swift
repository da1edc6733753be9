/// `&amp;` and its four companions, `&#60;`, `&#x3c;`.
struct XMLEntity {
    /// What it stands for.
    let scalar: Unicode.Scalar
    /// Offset after the semicolon.
    let end: Int

    private static let named: [(name: String, scalar: Unicode.Scalar)] = [
        ("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'"),
    ]

    /// The entity at an ampersand; nil if it is none that is known, or stands for a character that XML does not have.
    init?(_ bytes: [UInt8], at start: Int) {
        // The longest is `&#x10ffff;`, or one with a few leading zeros.
        let body = bytes[(start + 1)..<min(bytes.count, start + 14)]
        guard let semicolon = body.firstIndex(of: UInt8(ascii: ";")) else { return nil }
        let inside = body[..<semicolon]
        end = semicolon + 1
        guard inside.first == UInt8(ascii: "#") else {
            guard let known = Self.named.first(where: { inside.elementsEqual($0.name.utf8) }) else { return nil }
            scalar = known.scalar
            return
        }
        let isHex = inside.dropFirst().first == UInt8(ascii: "x")
        let digits = inside.dropFirst(isHex ? 2 : 1)
        guard let first = digits.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-"),
            let number = UInt32(String(decoding: digits, as: UTF8.self), radix: isHex ? 16 : 10), let meant = Unicode.Scalar(number)
        else { return nil }
        switch number {
        case 0x09, 0x0a, 0x0d, 0x20...0xd7ff, 0xe000...0xfffd, 0x10000...0x10ffff: scalar = meant
        default: return nil
        }
    }

    /// Text with its entities replaced.
    static func decoded(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            if bytes[index] == UInt8(ascii: "&"), let entity = XMLEntity(bytes, at: index) {
                result.append(contentsOf: UTF8.encode(entity.scalar) ?? UTF8.encodedReplacementCharacter)
                index = entity.end
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }
}
