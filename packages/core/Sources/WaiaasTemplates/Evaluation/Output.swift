/// The output as it grows, and which of its bytes came out of values.
struct Output {
    private(set) var bytes: [UInt8] = []
    /// What values wrote, in order; the SVG check lets none of it be markup.
    private(set) var marks: [Range<Int>] = []
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
        bytes.reserveCapacity(min(limit, 4_096))
    }

    /// Copies text of the template.
    mutating func append(_ text: [UInt8]) throws(TemplateFaultReason) {
        bytes.append(contentsOf: text)
        guard bytes.count <= limit else { throw .outputTooLarge(limit: limit) }
    }

    /// Writes a value's text, escaped so that it is text in XML, in content and between quotes. What XML cannot say becomes U+FFFD.
    mutating func append(escaping text: String) throws(TemplateFaultReason) {
        let start = bytes.count
        let span = text.utf8.span
        for index in span.indices {
            let byte = span[index]
            switch byte {
            case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
            case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
            case UInt8(ascii: "\""): bytes.append(contentsOf: "&#34;".utf8)
            case UInt8(ascii: "'"): bytes.append(contentsOf: "&#39;".utf8)
            case 0x09, 0x0a, 0x0d, 0x20...0xff: bytes.append(byte)
            default: bytes.append(contentsOf: Self.replacement)
            }
            // U+FFFE and U+FFFF are no characters of XML.
            if byte >= 0xbe, byte < 0xc0, bytes.count >= start + 3, bytes.suffix(3).elementsEqual([0xef, 0xbf, byte]) {
                bytes.replaceSubrange(bytes.count - 3..<bytes.count, with: Self.replacement)
            }
        }
        guard bytes.count <= limit else { throw .outputTooLarge(limit: limit) }
        if bytes.count > start { marks.append(start..<bytes.count) }
    }

    private static let replacement: [UInt8] = [0xef, 0xbf, 0xbd]
}
