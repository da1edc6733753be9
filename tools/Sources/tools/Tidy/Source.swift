import PlanningText

/// A Swift file as the rules look at it: its lines as they stand, and its code, in which comments and the insides of strings are blank.
///
/// Not a parser: it knows comments, strings (raw and multi-line ones too), regular expressions between `#/` and `/#`, and names in backticks.
struct Source {
    let path: String
    /// As they stand.
    let lines: [Substring]
    /// Of the same number and length, with blanks in place of what is not code.
    let code: [String]

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var blanker = Blanker(Array(text.unicodeScalars))
        code = blanker.code().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// Whether a line, or one beside it, says that a rule does not hold here: `tidy:allow RULE because …`.
    func waives(_ rule: String, at index: Int) -> Bool {
        [index - 1, index, index + 1].contains { place in
            lines.indices.contains(place) && lines[place].contains("// tidy:allow \(rule) because ")
        }
    }

    /// Whether a waiver for the whole file stands in it.
    func waives(_ rule: String) -> Bool { lines.contains { $0.hasPrefix("// tidy:allow \(rule) because ") } }
}

/// Whether words stand in a text: a search by bytes, which is many times quicker than one by characters.
func stands(_ words: String, in text: some StringProtocol) -> Bool { Substring(text).place(of: words) != nil }

/// Walks through a text once and blanks what is not code.
private struct Blanker {
    private let text: [Unicode.Scalar]
    private var place = 0
    private var result = String.UnicodeScalarView()

    init(_ text: [Unicode.Scalar]) { self.text = text }

    mutating func code() -> String {
        while place < text.count {
            if sees("//") {
                blank { $0.sees("\n") }
            } else if sees("/*") {
                blankComment()
            } else if sees("`") {
                blankFrom(1) { $0.sees("`") || $0.sees("\n") }
                blankOver(1)
            } else if let marks = stringOpening() {
                blankString(marks)
            } else {
                keep()
            }
        }
        return String(result)
    }

    private func sees(_ words: String) -> Bool {
        var index = place
        for scalar in words.unicodeScalars {
            guard index < text.count, text[index] == scalar else { return false }
            index += 1
        }
        return true
    }

    private mutating func keep() {
        result.append(text[place])
        place += 1
    }

    private mutating func blankOver(_ count: Int) {
        for _ in 0..<count where place < text.count {
            result.append(text[place] == "\n" ? "\n" : " ")
            place += 1
        }
    }

    private mutating func blank(until isEnd: (Blanker) -> Bool) {
        while place < text.count, !isEnd(self) { blankOver(1) }
    }

    private mutating func blankFrom(_ count: Int, until isEnd: (Blanker) -> Bool) {
        blankOver(count)
        blank(until: isEnd)
    }

    private mutating func blankComment() {
        var depth = 0
        repeat {
            if sees("/*") {
                depth += 1
                blankOver(2)
            } else if sees("*/") {
                depth -= 1
                blankOver(2)
            } else {
                blankOver(1)
            }
        } while depth > 0 && place < text.count
    }

    /// How a string begins here: its number signs, and its quotes or its slash; nil where none begins.
    private func stringOpening() -> (signs: Int, quote: String)? {
        var copy = self
        while copy.sees("#") { copy.place += 1 }
        let signs = copy.place - place
        if copy.sees("\"\"\"") { return (signs, "\"\"\"") }
        if copy.sees("\"") { return (signs, "\"") }
        return signs > 0 && copy.sees("/") ? (signs, "/") : nil
    }

    /// An interpolation is blank too; the strings in it are found by their own quotes.
    private mutating func blankString(_ marks: (signs: Int, quote: String)) {
        let signs = String(repeating: "#", count: marks.signs)
        blankOver(marks.signs + marks.quote.count)
        while place < text.count, !sees(marks.quote + signs) {
            if marks.quote != "/", sees("\\" + signs + "(") {
                blankInterpolation(signs.count + 2)
            } else if sees("\\" + (marks.quote == "/" ? "" : signs)) {
                blankOver(2 + (marks.quote == "/" ? 0 : signs.count))
            } else {
                blankOver(1)
            }
        }
        blankOver(marks.quote.count + marks.signs)
    }

    private mutating func blankInterpolation(_ opening: Int) {
        blankOver(opening)
        var depth = 1
        while place < text.count, depth > 0 {
            if let marks = stringOpening() {
                blankString(marks)
                continue
            }
            if sees("(") { depth += 1 }
            if sees(")") { depth -= 1 }
            blankOver(1)
        }
    }
}
