extension TemplateValue {
    /// The value of two values. Nothing traps: what leaves the range is refused.
    func calculates(
        _ operation: Arithmetic, with other: TemplateValue, _ meter: inout Meter
    ) throws(TemplateFaultReason) -> TemplateValue {
        if case .missing(let name) = self { throw .notThere(name) }
        if case .missing(let name) = other { throw .notThere(name) }
        switch (operation, self, other) {
        case (.join, _, _): return try Self.joined(try text(), try other.text(), &meter)
        case (.add, .text(let left), .text(let right)): return try Self.joined(left, right, &meter)
        case (.add, .list(let left), .list(let right)):
            try meter.spend(left.elements.count + right.elements.count)
            return try .list(of: left.elements + right.elements)
        case (_, .integer(let left), .integer(let right)): return try Self.whole(operation, left, right)
        default:
            guard let left = number, let right = other.number else {
                throw .misfit("`\(operation.rawValue)` does not fit \(kind) and \(other.kind); texts are joined by `~`")
            }
            return try Self.broken(operation, left, right)
        }
    }

    /// A number with its sign kept or turned.
    func signed(isNegative: Bool) throws(TemplateFaultReason) -> TemplateValue {
        switch self {
        case .missing(let name): throw .notThere(name)
        case .integer(let value):
            guard isNegative else { return self }
            let (negated, overflow) = (0 as Int64).subtractingReportingOverflow(value)
            guard !overflow else { throw .notANumber }
            return .integer(negated)
        case .decimal(let value): return .decimal(isNegative ? -value : value)
        case .null, .bool, .text, .list, .object: throw .misfit("\(kind) has no sign")
        }
    }

    /// Whether a comparison holds.
    func compares(_ comparison: Comparison, to other: TemplateValue, _ meter: inout Meter) throws(TemplateFaultReason) -> Bool {
        switch comparison {
        case .equal: try equals(other, &meter)
        case .unequal: try !equals(other, &meter)
        case .less: try precedes(other, &meter)
        case .greater: try other.precedes(self, &meter)
        case .lessOrEqual: try !other.precedes(self, &meter)
        case .greaterOrEqual: try !precedes(other, &meter)
        case .within: try isWithin(other, &meter)
        case .notWithin: try !isWithin(other, &meter)
        }
    }

    private static func joined(_ left: String, _ right: String, _ meter: inout Meter) throws(TemplateFaultReason) -> TemplateValue {
        try meter.make(bytes: left.utf8.count + right.utf8.count)
        return .text(left + right)
    }

    private static func whole(_ operation: Arithmetic, _ left: Int64, _ right: Int64) throws(TemplateFaultReason) -> TemplateValue {
        let (result, overflow): (Int64, Bool)
        switch operation {
        case .add: (result, overflow) = left.addingReportingOverflow(right)
        case .subtract: (result, overflow) = left.subtractingReportingOverflow(right)
        case .multiply: (result, overflow) = left.multipliedReportingOverflow(by: right)
        case .divide:
            guard right != 0 else { throw .divisionByZero }
            return try .finite(Double(left) / Double(right))
        case .divideWhole, .remainder:
            guard right != 0 else { throw .divisionByZero }
            // As in Python the quotient is rounded down, so the remainder has the sign of the divisor.
            let (quotient, tooLarge) = left.dividedReportingOverflow(by: right)
            guard !tooLarge else { throw .notANumber }
            let rest = left - quotient * right
            let isBelow = rest != 0 && (rest < 0) != (right < 0)
            return .integer(operation == .remainder ? (isBelow ? rest + right : rest) : (isBelow ? quotient - 1 : quotient))
        case .power: return try power(left, right)
        case .join: throw .misfit("`~` joins texts")
        }
        guard !overflow else { throw .notANumber }
        return .integer(result)
    }

    private static func power(_ base: Int64, _ exponent: Int64) throws(TemplateFaultReason) -> TemplateValue {
        guard exponent >= 0 else {
            guard base != 0 else { throw .divisionByZero }
            return try .finite(1 / floatPower(Double(base), Int64(clamping: exponent.magnitude)))
        }
        var (result, factor, rest): (Int64, Int64, Int64) = (1, base, exponent)
        while rest > 0 {
            if rest % 2 == 1 {
                let (product, overflow) = result.multipliedReportingOverflow(by: factor)
                guard !overflow else { throw .notANumber }
                result = product
            }
            rest /= 2
            guard rest > 0 else { break }
            let (square, overflow) = factor.multipliedReportingOverflow(by: factor)
            guard !overflow else { throw .notANumber }
            factor = square
        }
        return .integer(result)
    }

    /// A power by squaring; a whole exponent alone, so no library is needed.
    private static func floatPower(_ base: Double, _ exponent: Int64) -> Double {
        var (result, factor, rest) = (1.0, base, exponent)
        while rest > 0 {
            if rest % 2 == 1 { result *= factor }
            factor *= factor
            rest /= 2
        }
        return result
    }

    private static func broken(_ operation: Arithmetic, _ left: Double, _ right: Double) throws(TemplateFaultReason) -> TemplateValue {
        switch operation {
        case .add: return try .finite(left + right)
        case .subtract: return try .finite(left - right)
        case .multiply: return try .finite(left * right)
        case .divide:
            guard right != 0 else { throw .divisionByZero }
            return try .finite(left / right)
        case .divideWhole, .remainder:
            guard right != 0 else { throw .divisionByZero }
            var rest = left.truncatingRemainder(dividingBy: right)
            var quotient = (left - rest) / right
            if rest != 0, (rest < 0) != (right < 0) {
                rest += right
                quotient -= 1
            }
            return try .finite(operation == .remainder ? rest : quotient.rounded())
        case .power:
            guard right == right.rounded(), right.magnitude < 0x1p53 else {
                if right == 0.5, left >= 0 { return try .finite(left.squareRoot()) }
                throw .misfit("`**` takes whole exponents, and 0.5")
            }
            let value = floatPower(left, Int64(right.magnitude))
            guard right < 0 else { return try .finite(value) }
            guard left != 0 else { throw .divisionByZero }
            return try .finite(1 / value)
        case .join: throw .misfit("`~` joins texts")
        }
    }
}
