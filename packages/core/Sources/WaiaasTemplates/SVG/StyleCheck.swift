/// Looks at a style, or at an attribute that is read like one: nothing in it may load something or run.
///
/// A function is known by its name before a bracket, so escapes, which could hide one, are refused. What stands in quotes or comments is looked
/// at like the rest: a little strict, and no place to hide.
enum StyleCheck {
    /// Whether a byte can begin anything that must be looked at.
    static func isOf(interest byte: UInt8) -> Bool {
        byte == UInt8(ascii: "(") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "@") || byte == UInt8(ascii: "&")
    }

    /// What is wrong with a style, if something is.
    /// - Parameter text: its bytes, entities replaced.
    static func fault(in text: [UInt8]) -> SVGFault? {
        for (index, byte) in text.enumerated() {
            switch byte {
            case UInt8(ascii: "\\"): return .refusedStyle("a backslash")
            case UInt8(ascii: "@"):
                let end = text[(index + 1)...].firstIndex { !isWord($0) } ?? text.endIndex
                let word = String(decoding: text[(index + 1)..<min(end, index + 32)], as: UTF8.self).lowercased()
                guard SVGVocabulary.rules.contains(word) else { return .refusedStyle("`@\(word)`") }
            case UInt8(ascii: "("):
                let start = text[..<index].lastIndex { !isWord($0) }.map { $0 + 1 } ?? 0
                // A long name is none that is known.
                let name = String(decoding: text[max(start, index - 32)..<index], as: UTF8.self).lowercased()
                if name == "url" {
                    guard isOwnReference(text[(index + 1)...]) else { return .outsideReference("url(…)") }
                } else if !name.isEmpty, !SVGVocabulary.functions.contains(name), name != "and", name != "or" {
                    return .refusedStyle("`\(name)(`")
                }
            default: break
            }
        }
        return nil
    }

    /// `#id)`, with or without quotes.
    private static func isOwnReference(_ text: ArraySlice<UInt8>) -> Bool {
        var rest = text.drop(while: XMLReader.isSpace)
        var quote: UInt8?
        if let first = rest.first, first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
            quote = first
            rest = rest.dropFirst()
        }
        guard rest.first == UInt8(ascii: "#") else { return false }
        let afterName = rest.dropFirst().drop(while: isReferenceName)
        guard afterName.startIndex > rest.startIndex + 1 else { return false }
        rest = afterName
        if let quote {
            guard rest.first == quote else { return false }
            rest = rest.dropFirst()
        }
        return rest.drop(while: XMLReader.isSpace).first == UInt8(ascii: ")")
    }

    /// `#id`: the only reference there is.
    static func isOwnReference(whole text: [UInt8]) -> Bool {
        text.first == UInt8(ascii: "#") && text.count > 1 && text.dropFirst().allSatisfy(isReferenceName)
    }

    private static func isReferenceName(_ byte: UInt8) -> Bool {
        isWord(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":")
    }

    /// Letters of every language count, so that none of them ends a name before its bracket.
    private static func isWord(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
