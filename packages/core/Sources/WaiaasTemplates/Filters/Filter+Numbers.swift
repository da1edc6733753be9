extension Filter {
    /// Filters for numbers.
    static let numbers: [Filter] = [
        Filter("abs") { value, _, _ throws(TemplateFaultReason) in
            switch value {
            case .integer(let number): return number < 0 ? try value.signed(isNegative: true) : value
            case .decimal(let number): return .decimal(number.magnitude)
            default: throw .misfit("`abs` takes a number, not \(value.kind)")
            }
        },
        Filter("round", .optional("precision", is: .integer(0)), .optional("method", is: .text("common"))) {
            value, arguments, _ throws(TemplateFaultReason) in
            let digits = try arguments[0].requireInteger(for: "round")
            guard (0...Decimals.mostDigits).contains(digits) else {
                throw .arguments(of: "round", "takes a precision of 0 to \(Decimals.mostDigits)")
            }
            let method = try arguments[1].requireText(for: "round")
            return try rounded(value, digits: digits, method: method)
        },
        Filter("int", .optional("default", is: .integer(0)), .optional("base", is: .integer(10))) {
            value, arguments, _ throws(TemplateFaultReason) in
            switch value {
            case .integer: return value
            case .decimal: return .integer(try value.whole())
            case .bool(let isTrue): return .integer(isTrue ? 1 : 0)
            case .text(let text):
                let base = try arguments[1].requireInteger(for: "int")
                guard (2...36).contains(base) else { throw .arguments(of: "int", "takes a base of 2 to 36") }
                return whole(text.trimmingWhitespace, base: base).map { .integer($0) } ?? arguments[0]
            case .null: return arguments[0]
            case .missing, .list, .object: throw .misfit("`int` takes a text or a number, not \(value.kind)")
            }
        },
        Filter("float", .optional("default", is: .decimal(0))) { value, arguments, _ throws(TemplateFaultReason) in
            switch value {
            case .integer(let number): return .decimal(Double(number))
            case .decimal: return value
            case .bool(let isTrue): return .decimal(isTrue ? 1 : 0)
            case .text(let text): return decimal(text.trimmingWhitespace).map { .decimal($0) } ?? arguments[0]
            case .null: return arguments[0]
            case .missing, .list, .object: throw .misfit("`float` takes a text or a number, not \(value.kind)")
            }
        },
    ]

    private static func rounded(_ value: TemplateValue, digits: Int, method: String) throws(TemplateFaultReason) -> TemplateValue {
        guard let number = value.number else { throw .misfit("`round` takes a number, not \(value.kind)") }
        switch method {
        case "common":
            if case .integer = value { return value }
            return .decimal(Decimals.rounded(number, digits: digits))
        case "ceil", "floor":
            let scale = Decimals.power(digits)
            return try .finite((number * scale).rounded(method == "ceil" ? .up : .down) / scale)
        default: throw .arguments(of: "round", "takes the methods `common`, `ceil` and `floor`")
        }
    }

    /// A whole number from its text; of a decimal one what stands before the point.
    private static func whole(_ text: Substring, base: Int) -> Int64? {
        guard text.utf8.count <= 64 else { return nil }
        if let whole = Int64(text, radix: base) { return whole }
        return base == 10 ? decimal(text).flatMap { Int64(exactly: $0.rounded(.towardZero)) } : nil
    }

    /// A finite decimal number in digits; what else a machine reads as a number, such as `0x1p3` and `nan`, is none here.
    private static func decimal(_ text: Substring) -> Double? {
        guard (1...64).contains(text.utf8.count), text.utf8.allSatisfy({ Set("0123456789.eE+-".utf8).contains($0) }) else { return nil }
        return Double(text).flatMap { $0.isFinite ? $0 : nil }
    }
}
