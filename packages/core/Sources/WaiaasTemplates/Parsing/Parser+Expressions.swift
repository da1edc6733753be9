/// Ranks of the operators, from the loosest to the tightest, as Jinja2 has them. A filter and a test bind tighter than all of them.
private enum Rank: Int {
    case or, and, not, comparison, sum, join, product, power, tightest
}

extension Parser {
    /// An expression.
    /// - Parameter allowsChoice: whether `… if … else …` may stand there; not where an `if` follows with another meaning.
    mutating func expression(allowsChoice: Bool = true) throws(Fault) -> Expression {
        try enter()
        defer { leave() }
        let value = try operation(.or)
        guard allowsChoice, takesWord("if") else { return value }
        let condition = try operation(.or)
        let otherwise: Expression? = takesWord("else") ? try expression() : nil
        return .choice(then: value, condition: condition, otherwise: otherwise)
    }

    /// Operators of a rank and of all tighter ones.
    private mutating func operation(_ rank: Rank) throws(Fault) -> Expression {
        let tighter = Rank(rawValue: rank.rawValue + 1) ?? .tightest
        switch rank {
        case .or: return try words("or", tighter: tighter) { .or($0) }
        case .and: return try words("and", tighter: tighter) { .and($0) }
        case .not:
            guard takesWord("not") else { return try operation(.comparison) }
            try enter()
            defer { leave() }
            return .not(try operation(.not))
        case .comparison: return try comparison()
        case .sum: return try arithmetic(["+", "-"], tighter: tighter)
        case .join: return try arithmetic(["~"], tighter: tighter)
        case .product: return try arithmetic(["*", "/", "//", "%"], tighter: tighter)
        case .power: return try arithmetic(["**"], tighter: tighter)
        case .tightest: return try operand()
        }
    }

    private mutating func words(_ word: String, tighter: Rank, _ make: ([Expression]) -> Expression) throws(Fault) -> Expression {
        let first = try operation(tighter)
        guard current.kind == .name(word) else { return first }
        var all = [first]
        while takesWord(word) { all.append(try operation(tighter)) }
        return make(all)
    }

    private mutating func comparison() throws(Fault) -> Expression {
        let first = try operation(.sum)
        var rest: [(operation: Comparison, operand: Expression, offset: Int)] = []
        while let (comparison, offset) = takeComparison() { rest.append((comparison, try operation(.sum), offset)) }
        return rest.isEmpty ? first : .comparison(first, rest)
    }

    private mutating func takeComparison() -> (Comparison, Int)? {
        let offset = current.offset
        switch current.kind {
        case .sign(let sign):
            guard let comparison = Comparison(rawValue: sign) else { return nil }
            advance()
            return (comparison, offset)
        case .name("in"):
            advance()
            return (.within, offset)
        case .name("not"):
            guard position + 1 < tokens.count, tokens[position + 1].kind == .name("in") else { return nil }
            advance()
            advance()
            return (.notWithin, offset)
        default: return nil
        }
    }

    private mutating func arithmetic(_ signs: Set<String>, tighter: Rank) throws(Fault) -> Expression {
        let first = try operation(tighter)
        var rest: [(operation: Arithmetic, operand: Expression, offset: Int)] = []
        while case .sign(let sign) = current.kind, signs.contains(sign), let operation = Arithmetic(rawValue: sign) {
            let offset = current.offset
            advance()
            rest.append((operation, try self.operation(tighter), offset))
        }
        return rest.isEmpty ? first : .arithmetic(first, rest)
    }

    /// A value with its sign, its members, its filters and its tests.
    private mutating func operand() throws(Fault) -> Expression {
        var value = try signed()
        // A test makes a value that may be filtered and tested again; each such turn makes the tree deeper.
        var turns = 0
        while true {
            let calls = try filters()
            if !calls.isEmpty { value = .filtered(value, calls) }
            let offset = current.offset
            guard takesWord("is") else { return value }
            turns += 1
            guard turns <= 8 else { throw Fault(offset, .tooDeep(limit: 8)) }
            let isNegated = takesWord("not")
            value = .test(value, try predicate(), isNegated: isNegated)
        }
    }

    private mutating func signed() throws(Fault) -> Expression {
        let offset = current.offset
        let isNegative = current.kind == .sign("-")
        guard isNegative || current.kind == .sign("+") else { return try withPath(try primary()) }
        advance()
        try enter()
        defer { leave() }
        return .sign(try signed(), isNegative: isNegative, offset: offset)
    }

    /// Members and elements: `.name`, `.0`, `["name"]`, `[0]`.
    private mutating func withPath(_ base: Expression) throws(Fault) -> Expression {
        var steps: [PathStep] = []
        while true {
            let offset = current.offset
            if takes(".") {
                switch current.kind {
                case .name(let name): steps.append(.member(name, offset: offset))
                case .integer(let index): steps.append(.element(.literal(.integer(index)), offset: offset))
                default: throw expected("the name of a member")
                }
                advance()
            } else if takes("[") {
                steps.append(.element(try expression(), offset: offset))
                guard current.kind != .sign(":") else {
                    throw Fault(current.offset, .refused("a slice", advice: "use `slice(start=…, end=…)`"))
                }
                guard takes("]") else { throw expected("`]`") }
            } else if current.kind == .sign("(") {
                throw Fault(current.offset, .refused("a call", advice: "a value has no methods; use a filter, such as `| items`"))
            } else {
                return steps.isEmpty ? base : .path(base, steps)
            }
        }
    }
}
