/// A name as it stands in a text by itself, not as a part of a longer one.
struct Word {
    let text: String

    init(_ text: String) { self.text = text }

    func stands(in line: Substring) -> Bool {
        guard tools.stands(text, in: line) else { return false }
        var rest = line
        while let range = rest.firstRange(of: text) {
            let before = range.lowerBound == line.startIndex ? nil : line[line.index(before: range.lowerBound)]
            let after = range.upperBound == line.endIndex ? nil : line[range.upperBound]
            if !Self.isLetter(before), !Self.isLetter(after) { return true }
            rest = line[range.upperBound...]
        }
        return false
    }

    private static func isLetter(_ character: Character?) -> Bool { character.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false }

    /// Whether a line of code is nothing but a comment.
    static func isComment(_ line: Substring) -> Bool {
        let text = line.drop(while: \.isWhitespace)
        return ["//", "/*", "* ", "# ", "<!--"].contains { text.hasPrefix($0) }
    }
}
