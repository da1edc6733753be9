import PlanningText

/// A name as it stands in a text by itself, not as a part of a longer one.
struct Word {
    let text: String

    init(_ text: String) { self.text = text }

    func stands(in line: Substring) -> Bool {
        var rest = line
        while let place = rest.place(of: text) {
            let around = [line[..<place.lowerBound].last, line[place.upperBound...].first]
            if !around.contains(where: { $0.map { $0.isLetter || $0.isNumber || $0 == "_" } == true }) { return true }
            rest = line[place.upperBound...]
        }
        return false
    }

    /// Whether a line of code is nothing but a comment.
    static func isComment(_ line: Substring) -> Bool {
        let text = line.drop(while: \.isWhitespace)
        return ["//", "/*", "* ", "# ", "<!--"].contains { text.hasPrefix($0) }
    }
}
