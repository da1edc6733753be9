extension Predicate {
    /// Tests that look at what a value is.
    static let comparisons: [Predicate] = [
        Predicate("odd") { value, _, _ throws(TemplateFaultReason) in try value.requireInteger(for: "odd") % 2 != 0 },
        Predicate("even") { value, _, _ throws(TemplateFaultReason) in try value.requireInteger(for: "even") % 2 == 0 },
        Predicate("divisibleby", count: 1) { value, arguments, _ throws(TemplateFaultReason) in
            let divisor = try arguments[0].requireInteger(for: "divisibleby")
            guard divisor != 0 else { throw .divisionByZero }
            // The smallest number divided by -1 would leave the range.
            return divisor == -1 ? true : try value.requireInteger(for: "divisibleby") % divisor == 0
        },
        Predicate("equalto", count: 1) { value, arguments, meter throws(TemplateFaultReason) in try value.equals(arguments[0], &meter) },
        Predicate("ne", count: 1) { value, arguments, meter throws(TemplateFaultReason) in try !value.equals(arguments[0], &meter) },
        Predicate("lessthan", count: 1) { value, arguments, meter throws(TemplateFaultReason) in
            try value.precedes(arguments[0], &meter)
        },
        Predicate("le", count: 1) { value, arguments, meter throws(TemplateFaultReason) in try !arguments[0].precedes(value, &meter) },
        Predicate("greaterthan", count: 1) { value, arguments, meter throws(TemplateFaultReason) in
            try arguments[0].precedes(value, &meter)
        },
        Predicate("ge", count: 1) { value, arguments, meter throws(TemplateFaultReason) in try !value.precedes(arguments[0], &meter) },
        Predicate("in", count: 1) { value, arguments, meter throws(TemplateFaultReason) in try value.isWithin(arguments[0], &meter) },
        Predicate("containing", count: 1) { value, arguments, meter throws(TemplateFaultReason) in
            try arguments[0].isWithin(value, &meter)
        },
        Predicate("starting_with", count: 1) { value, arguments, meter throws(TemplateFaultReason) in
            let (text, part) = (try value.requireText(for: "starting_with"), try arguments[0].requireText(for: "starting_with"))
            try meter.spend(bytes: part.utf8.count)
            return text.utf8.starts(with: part.utf8)
        },
        Predicate("ending_with", count: 1) { value, arguments, meter throws(TemplateFaultReason) in
            let (text, part) = (try value.requireText(for: "ending_with"), try arguments[0].requireText(for: "ending_with"))
            try meter.spend(bytes: part.utf8.count)
            return text.utf8.reversed().starts(with: part.utf8.reversed())
        },
        Predicate("lower") { value, _, meter throws(TemplateFaultReason) in
            let text = try value.text()
            try meter.spend(bytes: text.utf8.count)
            return text.lowercased() == text && text.uppercased() != text
        },
        Predicate("upper") { value, _, meter throws(TemplateFaultReason) in
            let text = try value.text()
            try meter.spend(bytes: text.utf8.count)
            return text.uppercased() == text && text.lowercased() != text
        },
    ]
}
