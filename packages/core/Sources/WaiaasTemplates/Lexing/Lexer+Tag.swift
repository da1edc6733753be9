extension Lexer {
    /// Signs of two characters; all others have one.
    private static let doubles: Set<String> = ["==", "!=", "<=", ">=", "//", "**"]
    private static let singles = Set("+-*/%~<>=()[]{}.,:|".utf8)

    /// Reads the inside of a tag to its closing delimiter.
    /// - Parameters:
    ///   - closing: the first byte of that delimiter; the second is `}`.
    ///   - kind: the token it becomes.
    ///   - opener: where the tag begins.
    mutating func lexTag(closing: UInt8, _ kind: Token.Kind, opener: Int) throws(Fault) {
        // Within braces of an object a `}}` closes two of them.
        var braces = 0
        while index < source.count {
            let byte = source[index]
            if Self.isSpace(byte) {
                index += 1
                continue
            }
            if braces == 0 {
                let trims = byte == UInt8(ascii: "-")
                let delimiter = trims ? index + 1 : index
                if delimiter + 1 < source.count, source[delimiter] == closing, source[delimiter + 1] == UInt8(ascii: "}") {
                    tokens.append(Token(kind: kind, offset: index))
                    index = delimiter + 2
                    return close(trims: trims)
                }
            }
            if byte == UInt8(ascii: "{") { braces += 1 }
            if byte == UInt8(ascii: "}") { braces = max(0, braces - 1) }
            guard tokens.count < most else { throw Fault(index, .tooManyTokens(limit: most)) }
            tokens.append(try token(at: index))
        }
        throw Fault(opener, .unclosed("the tag", needs: closing == UInt8(ascii: "%") ? "%}" : "}}"))
    }

    private mutating func token(at start: Int) throws(Fault) -> Token {
        let byte = source[start]
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
            while index < source.count, Self.isWord(source[index]) { index += 1 }
            return Token(kind: .name(text(start, index)), offset: start)
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            return try number(at: start)
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
            return try string(at: start, quote: byte)
        default:
            if start + 1 < source.count, Self.doubles.contains(text(start, start + 2)) {
                index += 2
                return Token(kind: .sign(text(start, index)), offset: start)
            }
            guard Self.singles.contains(byte) else { throw Fault(start, .unexpectedCharacter(character(at: start))) }
            index += 1
            return Token(kind: .sign(text(start, index)), offset: start)
        }
    }

    /// After a dot digits are an index: `list.0.1` has no fraction in it.
    private mutating func number(at start: Int) throws(Fault) -> Token {
        let isIndex = tokens.last.map { $0.kind == .sign(".") } ?? false
        var isDecimal = false
        skipDigits()
        if !isIndex, index + 1 < source.count, source[index] == UInt8(ascii: "."), Self.isDigit(source[index + 1]) {
            isDecimal = true
            index += 1
            skipDigits()
        }
        if !isIndex, index < source.count, source[index] | 0x20 == UInt8(ascii: "e") {
            var end = index + 1
            if end < source.count, source[end] == UInt8(ascii: "+") || source[end] == UInt8(ascii: "-") { end += 1 }
            if end < source.count, Self.isDigit(source[end]) {
                isDecimal = true
                index = end
                skipDigits()
            }
        }
        guard index - start <= 64 else { throw Fault(start, .numberOutOfRange) }
        let digits = String(decoding: source[start..<index].filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
        if isDecimal, let value = Double(digits), value.isFinite { return Token(kind: .decimal(value), offset: start) }
        guard !isDecimal, let value = Int64(digits) else { throw Fault(start, .numberOutOfRange) }
        return Token(kind: .integer(value), offset: start)
    }

    private mutating func string(at start: Int, quote: UInt8) throws(Fault) -> Token {
        var bytes: [UInt8] = []
        index += 1
        while index < source.count, source[index] != quote {
            if source[index] == UInt8(ascii: "\\"), quote != UInt8(ascii: "`") {
                guard index + 1 < source.count, let meant = Self.escape(source[index + 1]) else {
                    throw Fault(index, .unknownEscape)
                }
                bytes.append(meant)
                index += 2
            } else {
                bytes.append(source[index])
                index += 1
            }
        }
        guard index < source.count else { throw Fault(start, .unclosed("the text", needs: character(at: start))) }
        index += 1
        return Token(kind: .string(String(decoding: bytes, as: UTF8.self)), offset: start)
    }

    private mutating func skipDigits() {
        while index < source.count, Self.isDigit(source[index]) || source[index] == UInt8(ascii: "_") { index += 1 }
    }

    private func text(_ start: Int, _ end: Int) -> String { String(decoding: source[start..<end], as: UTF8.self) }

    /// The character at an offset, for a message.
    private func character(at start: Int) -> String {
        var end = start + 1
        while end < source.count, source[end] & 0xc0 == 0x80 { end += 1 }
        return text(start, end)
    }

    private static func escape(_ letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "n"): 0x0a
        case UInt8(ascii: "r"): 0x0d
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"): letter
        default: nil
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isWord(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
