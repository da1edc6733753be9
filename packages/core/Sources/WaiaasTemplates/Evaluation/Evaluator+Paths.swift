extension Evaluator {
    /// A member of a member.
    mutating func path(_ base: Expression, _ steps: [PathStep]) throws(Fault) -> TemplateValue {
        var value = try evaluate(base)
        // Names are joined only once something is not there.
        for (index, step) in steps.enumerated() {
            switch step {
            case .member(let name, let offset):
                value = try reasoned(offset) { _ throws(TemplateFaultReason) in try value.member(name) }
            case .element(let expression, let offset):
                let key = try evaluate(expression)
                value = try reasoned(offset) { meter throws(TemplateFaultReason) in try value.element(key, &meter) }
            }
            if case .missing = value { return .missing(Self.name(base, steps[...index])) }
        }
        return value
    }

    private static func name(_ base: Expression, _ steps: ArraySlice<PathStep>) -> String {
        var name = "…"
        if case .variable(_, let variable, _) = base { name = variable }
        for step in steps {
            switch step {
            case .member(let member, _): name += ".\(member)"
            case .element(.literal(.text(let text)), _): name += ".\(text)"
            case .element(.literal(.integer(let index)), _): name += ".\(index)"
            case .element: name += "[…]"
            }
        }
        return name
    }

    /// `range(…)`: a list of whole numbers, paid for before it is made.
    mutating func range(_ start: Expression?, _ end: Expression, _ step: Expression?, at offset: Int) throws(Fault) -> TemplateValue {
        let first = try bound(start, 0, offset)
        let last = try bound(end, 0, offset)
        let width = try bound(step, 1, offset)
        return try reasoned(offset) { meter throws(TemplateFaultReason) in
            guard width != 0 else { throw .arguments(of: "range", "needs a step that is not 0") }
            let (span, overflow) = width > 0 ? last.subtractingReportingOverflow(first) : first.subtractingReportingOverflow(last)
            guard !overflow else { throw .tooManySteps(limit: meter.limits.steps) }
            guard span > 0 else { return try .list(of: []) }
            let count = (span - 1) / Int64(clamping: width.magnitude) + 1
            try meter.spend(Int(clamping: count))
            var elements: [TemplateValue] = []
            elements.reserveCapacity(Int(count))
            var value = first
            for _ in 0..<count {
                elements.append(.integer(value))
                value = value &+ width
            }
            return try .list(of: elements)
        }
    }

    private mutating func bound(_ expression: Expression?, _ otherwise: Int64, _ offset: Int) throws(Fault) -> Int64 {
        guard let expression else { return otherwise }
        let value = try evaluate(expression)
        return try reasoned(offset) { _ throws(TemplateFaultReason) in
            if case .missing(let name) = value { throw .notThere(name) }
            guard case .integer(let number) = value else { throw .arguments(of: "range", "takes whole numbers, not \(value.kind)") }
            return number
        }
    }
}

extension TemplateValue {
    /// A member by its name; of what is not there nothing is.
    fileprivate func member(_ name: String) throws(TemplateFaultReason) -> TemplateValue {
        switch self {
        case .object(let object): object[name] ?? .missing(name)
        case .missing: .missing(name)
        case .null, .bool, .integer, .decimal, .text, .list: throw .misfit("\(kind) has no member `\(name)`")
        }
    }

    /// An element by its place, from 0, or from the end if it is negative; a member by its name.
    fileprivate func element(_ key: TemplateValue, _ meter: inout Meter) throws(TemplateFaultReason) -> TemplateValue {
        switch (self, key) {
        case (_, .missing(let name)): throw .notThere(name)
        case (.missing(let name), _): return .missing(name)
        case (.object(let object), .text(let name)):
            try meter.spend(bytes: name.utf8.count)
            return object[name] ?? .missing(name)
        case (.object(let object), .integer(let number)): return object[String(number)] ?? .missing("\(number)")
        case (.list(let list), .integer(let index)):
            return Self.place(index, of: list.elements.count).map { list.elements[$0] } ?? .missing("\(index)")
        case (.text(let text), .integer(let index)):
            try meter.spend(bytes: text.utf8.count)
            let scalars = Array(text.unicodeScalars)
            return Self.place(index, of: scalars.count).map { .text(String(scalars[$0])) } ?? .missing("\(index)")
        default: throw .misfit("\(kind) has no element that is named by \(key.kind)")
        }
    }

    /// Where an element lies, counted from the end if the index is negative.
    static func place(_ index: Int64, of count: Int) -> Int? {
        let (place, overflow) = index < 0 ? index.addingReportingOverflow(Int64(count)) : (index, false)
        guard !overflow, place >= 0, place < Int64(count) else { return nil }
        return Int(place)
    }
}
