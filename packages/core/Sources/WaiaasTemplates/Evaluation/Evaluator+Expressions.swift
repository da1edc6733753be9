extension Evaluator {
    /// The value of an expression.
    mutating func evaluate(_ expression: Expression) throws(Fault) -> TemplateValue {
        switch expression {
        case .literal(let value): return value
        case .variable(let symbol, let name, let offset):
            try spend(at: offset)
            return scope[symbol] ?? .missing(name)
        case .loop(let field, let offset):
            try spend(at: offset)
            return value(of: field)
        case .list(let expressions, let offset):
            let elements = try evaluate(expressions, at: offset)
            return try reasoned(offset) { _ throws(TemplateFaultReason) in try .list(of: elements) }
        case .object(let members, let offset): return try object(members, at: offset)
        case .range(let start, let end, let step, let offset): return try range(start, end, step, at: offset)
        case .path(let base, let steps): return try path(base, steps)
        case .filtered(let base, let calls): return try filtered(base, calls)
        case .test(let base, let call, let isNegated):
            let value = try evaluate(base)
            let arguments = try evaluate(call.arguments, at: call.offset)
            return .bool(
                try reasoned(call.offset) { meter throws(TemplateFaultReason) in
                    try call.predicate.holds(value, arguments, &meter)
                } != isNegated)
        case .sign(let operand, let isNegative, let offset):
            let value = try evaluate(operand)
            return try reasoned(offset) { _ throws(TemplateFaultReason) in try value.signed(isNegative: isNegative) }
        case .not(let operand): return .bool(try !evaluate(operand).isTrue)
        case .arithmetic(let first, let rest): return try arithmetic(first, rest)
        case .comparison(let first, let rest): return try comparison(first, rest)
        case .or(let operands): return try firstOf(operands) { $0.isTrue }
        case .and(let operands): return try firstOf(operands) { !$0.isTrue }
        case .choice(let then, let condition, let otherwise):
            if try evaluate(condition).isTrue { return try evaluate(then) }
            guard let otherwise else { return .missing("else") }
            return try evaluate(otherwise)
        }
    }

    /// Does work that may cost steps, and gives its fault a place.
    mutating func reasoned<Value>(
        _ offset: Int, _ work: (inout Meter) throws(TemplateFaultReason) -> Value
    ) throws(Fault) -> Value {
        do throws(TemplateFaultReason) {
            try meter.spend()
            return try work(&meter)
        } catch { throw Fault(offset, error) }
    }

    private mutating func spend(at offset: Int) throws(Fault) {
        do throws(TemplateFaultReason) { try meter.spend() } catch { throw Fault(offset, error) }
    }

    private mutating func evaluate(_ expressions: [Expression], at offset: Int) throws(Fault) -> [TemplateValue] {
        guard !expressions.isEmpty else { return [] }
        var values: [TemplateValue] = []
        values.reserveCapacity(expressions.count)
        for expression in expressions {
            try spend(at: offset)
            values.append(try evaluate(expression))
        }
        return values
    }

    private func value(of field: LoopField) -> TemplateValue {
        guard let turn = turns.last else { return .missing("loop") }
        return switch field {
        case .index: .integer(Int64(turn.index + 1))
        case .index0: .integer(Int64(turn.index))
        case .revindex: .integer(Int64(turn.count - turn.index))
        case .revindex0: .integer(Int64(turn.count - turn.index - 1))
        case .first: .bool(turn.index == 0)
        case .last: .bool(turn.index == turn.count - 1)
        case .length: .integer(Int64(turn.count))
        }
    }

    private mutating func object(_ members: [(name: String, value: Expression)], at offset: Int) throws(Fault) -> TemplateValue {
        var values: [(name: String, value: TemplateValue)] = []
        for member in members {
            try spend(at: offset)
            values.append((member.name, try evaluate(member.value)))
        }
        return try reasoned(offset) { _ throws(TemplateFaultReason) in .object(try TemplateObject(values)) }
    }

    private mutating func filtered(_ base: Expression, _ calls: [FilterCall]) throws(Fault) -> TemplateValue {
        var value = try evaluate(base)
        for call in calls {
            let arguments = try evaluate(call.arguments, at: call.offset)
            value = try reasoned(call.offset) { meter throws(TemplateFaultReason) in
                if case .missing(let name) = value, !call.filter.takesMissing { throw .notThere(name) }
                for case .missing(let name) in arguments { throw .notThere(name) }
                return try call.filter.apply(value, arguments, &meter)
            }
        }
        return value
    }

    private mutating func comparison(
        _ first: Expression, _ rest: [(operation: Comparison, operand: Expression, offset: Int)]
    ) throws(Fault) -> TemplateValue {
        var left = try evaluate(first)
        for link in rest {
            let right = try evaluate(link.operand)
            let holds = try reasoned(link.offset) { meter throws(TemplateFaultReason) in
                try left.compares(link.operation, to: right, &meter)
            }
            guard holds else { return .bool(false) }
            left = right
        }
        return .bool(true)
    }

    /// The first operand that decides, or the last.
    private mutating func firstOf(_ operands: [Expression], _ decides: (TemplateValue) -> Bool) throws(Fault) -> TemplateValue {
        var value = TemplateValue.null
        for operand in operands {
            value = try evaluate(operand)
            if decides(value) { return value }
        }
        return value
    }

    private mutating func arithmetic(
        _ first: Expression, _ rest: [(operation: Arithmetic, operand: Expression, offset: Int)]
    ) throws(Fault) -> TemplateValue {
        var value = try evaluate(first)
        for link in rest {
            let operand = try evaluate(link.operand)
            value = try reasoned(link.offset) { meter throws(TemplateFaultReason) in
                try value.calculates(link.operation, with: operand, &meter)
            }
        }
        return value
    }
}
