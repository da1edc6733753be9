/// Cuts a template into tokens: text as it stands, and the words inside `{{ … }}` and `{% … %}`.
///
/// Comments and `{% raw %}` end here; so does whitespace control: a minus beside a delimiter takes away the white space beyond it. Each byte is
/// looked at a fixed number of times.
struct Lexer {
    let source: [UInt8]
    /// Most tokens.
    let most: Int
    var index = 0
    var tokens: [Token] = []
    /// Whether the delimiter before asked for the white space after it to be taken away.
    private var trimsNext = false

    init(_ source: [UInt8], most: Int) {
        self.source = source
        self.most = most
        tokens.reserveCapacity(min(most, source.count / 8 + 1))
    }

    /// All tokens; the last one is `.end`.
    mutating func run() throws(Fault) -> [Token] {
        var textStart = 0
        while index < source.count {
            guard source[index] == UInt8(ascii: "{"), index + 1 < source.count else {
                index += 1
                continue
            }
            let opener = index
            switch source[index + 1] {
            case UInt8(ascii: "{"):
                open(text: textStart, .outputBegin)
                try lexTag(closing: UInt8(ascii: "}"), .outputEnd, opener: opener)
            case UInt8(ascii: "%"):
                if let body = rawTag("raw", at: opener) {
                    try lexRaw(text: textStart, opener: opener, body: body)
                } else {
                    open(text: textStart, .statementBegin)
                    try lexTag(closing: UInt8(ascii: "%"), .statementEnd, opener: opener)
                }
            case UInt8(ascii: "#"):
                try skipComment(text: textStart)
            default:
                index += 1
                continue
            }
            textStart = index
        }
        endText(from: textStart, to: source.count, trimsEnd: false)
        tokens.append(Token(kind: .end, offset: source.count))
        return tokens
    }

    /// Ends a tag: the bytes of its closing delimiter are behind us.
    mutating func close(trims: Bool) { trimsNext = trims }

    /// Ends the text before a tag and steps over the opening delimiter.
    private mutating func open(text start: Int, _ kind: Token.Kind) {
        let opener = index
        index += 2
        let trims = isMinus(at: index)
        endText(from: start, to: opener, trimsEnd: trims)
        if trims { index += 1 }
        tokens.append(Token(kind: kind, offset: opener))
    }

    private mutating func skipComment(text start: Int) throws(Fault) {
        let opener = index
        let trims = isMinus(at: index + 2)
        endText(from: start, to: opener, trimsEnd: trims)
        index += 2
        while index + 1 < source.count {
            if source[index] == UInt8(ascii: "#"), source[index + 1] == UInt8(ascii: "}") {
                trimsNext = index > opener + 2 && isMinus(at: index - 1)
                index += 2
                return
            }
            index += 1
        }
        throw Fault(opener, .unclosed("the comment `{#`", needs: "#}"))
    }

    private mutating func lexRaw(text start: Int, opener: Int, body: RawTag) throws(Fault) {
        endText(from: start, to: opener, trimsEnd: body.trimsBefore)
        index = body.end
        while index < source.count {
            if source[index] == UInt8(ascii: "{"), let end = rawTag("endraw", at: index) {
                trimsNext = body.trimsAfter
                endText(from: body.end, to: index, trimsEnd: end.trimsBefore)
                trimsNext = end.trimsAfter
                index = end.end
                return
            }
            index += 1
        }
        throw Fault(opener, .unclosed("`{% raw %}`", needs: "{% endraw %}"))
    }

    private mutating func endText(from start: Int, to end: Int, trimsEnd: Bool) {
        var (start, end) = (start, end)
        if trimsNext { while start < end, Self.isSpace(source[start]) { start += 1 } }
        if trimsEnd { while end > start, Self.isSpace(source[end - 1]) { end -= 1 } }
        trimsNext = false
        if start < end { tokens.append(Token(kind: .text(end: end), offset: start)) }
    }

    func isMinus(at index: Int) -> Bool { index < source.count && source[index] == UInt8(ascii: "-") }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }
}
