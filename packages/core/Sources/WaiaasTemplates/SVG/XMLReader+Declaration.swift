/// `<?xml version="1.0" encoding="UTF-8"?>` at the very beginning: the one thing in `<? … ?>` that is read.
extension XMLReader {
    /// What it may say, in this order; the first must be there. A name has one meaning, whatever quotes it stands in.
    private static let parts: [(name: String, values: [String])] = [
        ("version", ["1.0"]), ("encoding", ["UTF-8", "utf-8"]), ("standalone", ["yes", "no"]),
    ]

    /// Steps over the declaration, if the document begins with it.
    mutating func skipDeclaration() throws(SVGFailure) {
        guard stands("<?xml", at: 0), bytes.count > 5, Self.isSpace(bytes[5]) else { return }
        let head = bytes.prefix(128)
        guard let end = head.firstIndex(of: UInt8(ascii: ">")), bytes[end - 1] == UInt8(ascii: "?") else {
            throw SVGFailure(0, .malformed("the XML declaration does not end"))
        }
        var next = 0
        for part in head[6..<end - 1].split(whereSeparator: Self.isSpace) {
            guard let place = Self.parts[next...].firstIndex(where: { Self.says(part, $0.name, $0.values) }), next > 0 || place == 0 else {
                throw SVGFailure(0, .malformed("the XML declaration says something else than version 1.0 and UTF-8"))
            }
            next = place + 1
        }
        guard next > 0 else { throw SVGFailure(0, .malformed("the XML declaration names no version")) }
        index = end + 1
    }

    /// Whether a part is the name with one of the values, between quotes of one kind.
    private static func says(_ part: ArraySlice<UInt8>, _ name: String, _ values: [String]) -> Bool {
        values.contains { value in
            ["\"", "'"].contains { quote in part.elementsEqual("\(name)=\(quote)\(value)\(quote)".utf8) }
        }
    }
}
