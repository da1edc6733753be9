/// Turns tokens into statements and expressions (recursive descent, bounded nesting).
///
/// Filters, tests and their arguments are looked up here, so that a template which names what there is not is refused when it is made, not
/// when it is shown.
struct Parser {
    let source: [UInt8]
    let tokens: [Token]
    let limits: TemplateLimits
    var position = 0
    /// How deep we are, in blocks and brackets.
    var depth = 0
    /// Where the innermost open block begins.
    var openBlock = 0
    /// How many loops are around us.
    var loops = 0
    /// Each variable's number.
    var symbols: [String: Int] = [:]

    init(_ source: [UInt8], limits: TemplateLimits) throws(Fault) {
        var lexer = Lexer(source, most: limits.tokens)
        tokens = try lexer.run()
        self.source = source
        self.limits = limits
    }

    /// The whole template.
    mutating func run() throws(Fault) -> [Statement] {
        let (statements, end) = try block(until: [])
        guard case .end = current.kind else { throw Fault(end.offset, .strayEnd(end.name)) }
        return statements
    }

    var current: Token { tokens[position] }

    /// Steps over a token; the last one stays.
    mutating func advance() { position = min(position + 1, tokens.count - 1) }

    mutating func symbol(_ name: String) -> Int {
        if let known = symbols[name] { return known }
        let symbol = symbols.count
        symbols[name] = symbol
        return symbol
    }

    mutating func takes(_ sign: String) -> Bool {
        guard current.kind == .sign(sign) else { return false }
        advance()
        return true
    }

    mutating func takesWord(_ word: String) -> Bool {
        guard current.kind == .name(word) else { return false }
        advance()
        return true
    }

    mutating func expect(_ kind: Token.Kind, _ words: String) throws(Fault) {
        guard current.kind == kind else { throw expected(words) }
        advance()
    }

    mutating func expectName(_ words: String) throws(Fault) -> String {
        guard case .name(let name) = current.kind else { throw expected(words) }
        advance()
        return name
    }

    func expected(_ words: String) -> Fault { Fault(current.offset, .expected(words, found: current.words)) }

    mutating func enter() throws(Fault) {
        depth += 1
        guard depth <= limits.nesting else { throw Fault(current.offset, .tooDeep(limit: limits.nesting)) }
    }

    mutating func leave() { depth -= 1 }
}
