import WaiaasCore

extension Parser {
    /// A literal, a variable, or an expression in brackets.
    mutating func primary() throws(Fault) -> Expression {
        let token = current
        advance()
        switch token.kind {
        case .integer(let number): return .literal(.integer(number))
        case .decimal(let number): return .literal(.decimal(number))
        case .string(let text): return .literal(.text(text))
        case .name(let name): return try named(name, at: token.offset)
        case .sign("("):
            let value = try expression()
            guard takes(")") else { throw expected("`)`") }
            return value
        case .sign("["): return .list(try list(until: "]"), offset: token.offset)
        case .sign("{"): return .object(try members(), offset: token.offset)
        default: throw Fault(token.offset, .expected("a value", found: token.words))
        }
    }

    private mutating func named(_ name: String, at offset: Int) throws(Fault) -> Expression {
        switch name {
        case "true", "True": return .literal(.bool(true))
        case "false", "False": return .literal(.bool(false))
        case "none", "None", "null": return .literal(.null)
        case "and", "or", "not", "in", "is", "if", "else": throw Fault(offset, .expected("a value", found: "`\(name)`"))
        case "loop" where loops > 0: return try loopField(at: offset)
        default:
            guard current.kind == .sign("(") else { return .variable(symbol: symbol(name), name: name, offset: offset) }
            guard name == "range" else {
                if let advice = Refused.functions[name] { throw Fault(offset, .refused("`\(name)`", advice: advice)) }
                throw Fault(offset, .unknown("function", name: name, nearest: NearestName.of(name, among: ["range"]), known: ["range"]))
            }
            return try range(at: offset)
        }
    }

    private mutating func loopField(at offset: Int) throws(Fault) -> Expression {
        guard takes(".") else { throw expected("a dot: `loop.index`, `loop.first`, …") }
        let place = current.offset
        let name = try expectName("what you want to know of the loop")
        guard let field = LoopField(rawValue: name) else {
            let known = LoopField.allCases.map(\.rawValue)
            throw Fault(place, .unknown("member of `loop`", name: name, nearest: NearestName.of(name, among: known), known: known))
        }
        return .loop(field, offset: offset)
    }

    /// Expressions with commas between them, up to a closing bracket.
    private mutating func list(until bracket: String) throws(Fault) -> [Expression] {
        var elements: [Expression] = []
        while !takes(bracket) {
            elements.append(try expression())
            guard takes(",") || current.kind == .sign(bracket) else { throw expected("`,` or `\(bracket)`") }
        }
        return elements
    }

    private mutating func members() throws(Fault) -> [(name: String, value: Expression)] {
        var members: [(name: String, value: Expression)] = []
        while !takes("}") {
            guard case .string(let name) = current.kind else { throw expected("a name in quotes") }
            advance()
            guard takes(":") else { throw expected("`:`") }
            members.append((name, try expression()))
            guard takes(",") || current.kind == .sign("}") else { throw expected("`,` or `}`") }
        }
        return members
    }

    /// `range(end)`, `range(start, end)`, `range(start, end, step)`, or with names, as Tera has them.
    private mutating func range(at offset: Int) throws(Fault) -> Expression {
        let (unnamed, named) = try callArguments()
        let parameters = unnamed.count == 1 ? ["end", "start", "step_by"] : ["start", "end", "step_by"]
        let bound = try bind(unnamed, named, to: parameters, of: "range", at: offset)
        guard let end = bound["end"] else { throw Fault(offset, .arguments(of: "range", "needs an end")) }
        return .range(start: bound["start"], end: end, step: bound["step_by"], offset: offset)
    }
}
