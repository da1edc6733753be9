import WaiaasCore

extension Parser {
    /// The word that ended a block, its tag not yet closed.
    struct BlockEnd {
        let name: String
        let offset: Int
    }

    /// Statements up to one of the words that end them, or to the end of the template.
    mutating func block(until ends: Set<String>) throws(Fault) -> ([Statement], BlockEnd) {
        try enter()
        defer { leave() }
        var statements: [Statement] = []
        while true {
            let token = current
            switch token.kind {
            case .text(let end):
                statements.append(.text(Array(source[token.offset..<end]), offset: token.offset))
                advance()
            case .outputBegin:
                advance()
                let value = try expression()
                try expect(.outputEnd, "`}}`, an operator or a filter")
                statements.append(.output(value, offset: token.offset))
            case .statementBegin:
                advance()
                let offset = current.offset
                let name = try expectName("a statement")
                if ends.contains(name) || Self.endings.contains(name) {
                    guard ends.contains(name) else { throw Fault(offset, .strayEnd(name)) }
                    return (statements, BlockEnd(name: name, offset: offset))
                }
                statements.append(try statement(name, at: token.offset, word: offset))
            case .end:
                guard ends.isEmpty else {
                    let needs = ends.filter { $0.hasPrefix("end") }.first ?? ""
                    throw Fault(openBlock, .unclosed("the block", needs: "{% \(needs) %}"))
                }
                return (statements, BlockEnd(name: "", offset: token.offset))
            default:
                throw expected("text or a tag")
            }
        }
    }

    private mutating func statement(_ name: String, at tag: Int, word: Int) throws(Fault) -> Statement {
        switch name {
        case "if": return try conditional(at: tag)
        case "for": return try loop(at: tag)
        case "set", "set_global": return try assignment(isGlobal: name == "set_global")
        case "break", "continue":
            guard loops > 0 else { throw Fault(word, .misfit("`\(name)` stands outside of every loop")) }
            try endTag()
            return .leave(name == "break" ? .breaks : .continues)
        default:
            if let advice = Refused.statements[name] { throw Fault(word, .refused("`\(name)`", advice: advice)) }
            throw Fault(word, .unknown("statement", name: name, nearest: NearestName.of(name, among: Self.known), known: Self.known))
        }
    }

    private mutating func conditional(at tag: Int) throws(Fault) -> Statement {
        var branches: [(condition: Expression, body: [Statement])] = []
        var condition = try expression()
        try endTag()
        while true {
            let (body, end) = try inside(tag) { parser throws(Fault) in try parser.block(until: ["elif", "else", "endif"]) }
            branches.append((condition, body))
            switch end.name {
            case "elif":
                condition = try expression()
                try endTag()
            case "else":
                try endTag()
                let (otherwise, _) = try inside(tag) { parser throws(Fault) in try parser.block(until: ["endif"]) }
                try endTag()
                return .conditional(branches, otherwise: otherwise)
            default:
                try endTag()
                return .conditional(branches, otherwise: [])
            }
        }
    }

    private mutating func loop(at tag: Int) throws(Fault) -> Statement {
        let target = try loopTarget()
        var second: Int?
        if takes(",") { second = try loopTarget() }
        guard takesWord("in") else { throw expected("`in`") }
        let values = try expression(allowsChoice: false)
        let condition = takesWord("if") ? try expression() : nil
        try endTag()
        loops += 1
        let (body, end) = try inside(tag) { parser throws(Fault) in try parser.block(until: ["else", "endfor"]) }
        loops -= 1
        var otherwise: [Statement] = []
        if end.name == "else" {
            try endTag()
            (otherwise, _) = try inside(tag) { parser throws(Fault) in try parser.block(until: ["endfor"]) }
        }
        try endTag()
        return .loop(
            ForLoop(target: target, second: second, values: values, condition: condition, body: body, otherwise: otherwise, offset: tag))
    }

    private mutating func loopTarget() throws(Fault) -> Int { symbol(try assignableName()) }

    private mutating func assignment(isGlobal: Bool) throws(Fault) -> Statement {
        let target = symbol(try assignableName())
        guard takes("=") else { throw expected("`=` (a block of `set` is not known)") }
        let value = try expression()
        try endTag()
        return .assignment(symbol: target, value, isGlobal: isGlobal)
    }

    /// A name that may be given a value.
    private mutating func assignableName() throws(Fault) -> String {
        let offset = current.offset
        let name = try expectName("a name")
        guard !Self.reserved.contains(name) else { throw Fault(offset, .misfit("`\(name)` has a meaning of its own; choose another name")) }
        return name
    }

    private mutating func endTag() throws(Fault) { try expect(.statementEnd, "`%}`") }

    /// Parses a block and, if it is never closed, names the tag that began it.
    private mutating func inside(
        _ tag: Int, _ parse: (inout Parser) throws(Fault) -> ([Statement], BlockEnd)
    ) throws(Fault) -> ([Statement], BlockEnd) {
        let outer = openBlock
        openBlock = tag
        defer { openBlock = outer }
        return try parse(&self)
    }

    private static let endings: Set<String> = ["elif", "else", "endif", "endfor", "endset", "endraw"]
    private static let known = ["if", "for", "set", "set_global", "break", "continue", "raw"]
    private static let reserved: Set<String> = [
        "loop", "true", "false", "none", "null", "True", "False", "None", "and", "or", "not", "in", "is", "if", "else",
    ]
}
