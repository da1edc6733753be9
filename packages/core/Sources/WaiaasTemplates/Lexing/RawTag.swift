/// `{% raw %}` or `{% endraw %}`, found before anything between its delimiters is read as an expression.
struct RawTag {
    /// Offset after the tag.
    let end: Int
    /// Whether the white space before it goes.
    let trimsBefore: Bool
    /// Whether the white space after it goes.
    let trimsAfter: Bool
}

extension Lexer {
    /// The tag of this one word at an offset, if it is there.
    func rawTag(_ word: String, at start: Int) -> RawTag? {
        guard start + 1 < source.count, source[start + 1] == UInt8(ascii: "%") else { return nil }
        var index = start + 2
        let trimsBefore = isMinus(at: index)
        if trimsBefore { index += 1 }
        index = afterSpaces(index)
        for byte in word.utf8 {
            guard index < source.count, source[index] == byte else { return nil }
            index += 1
        }
        index = afterSpaces(index)
        let trimsAfter = isMinus(at: index)
        if trimsAfter { index += 1 }
        guard index + 1 < source.count, source[index] == UInt8(ascii: "%"), source[index + 1] == UInt8(ascii: "}") else { return nil }
        return RawTag(end: index + 2, trimsBefore: trimsBefore, trimsAfter: trimsAfter)
    }

    /// White space before a word is bounded, so that a template of nothing but `{%` and spaces is read in linear time.
    private func afterSpaces(_ start: Int) -> Int {
        var index = start
        while index < min(source.count, start + 64), Self.isSpace(source[index]) { index += 1 }
        return index
    }
}
