extension Filter {
    /// Filters for objects, and those that put things in order.
    static let objects: [Filter] = [
        Filter("items") { value, _, meter throws(TemplateFaultReason) in
            guard case .object(let object) = value else { throw .misfit("`items` takes an object, not \(value.kind)") }
            try meter.spend(object.count)
            return try .list(of: try object.pairs())
        },
        Filter("dictsort") { value, _, meter throws(TemplateFaultReason) in
            guard case .object(let object) = value else { throw .misfit("`dictsort` takes an object, not \(value.kind)") }
            return try .list(of: try sorted(try object.pairs(), by: object.names.map { .text($0) }, &meter))
        },
        Filter("get", .required("key"), .optional("default", is: .null)) { value, arguments, meter throws(TemplateFaultReason) in
            guard case .object(let object) = value else { throw .misfit("`get` takes an object, not \(value.kind)") }
            let name = try arguments[0].requireText(for: "get")
            try meter.spend(bytes: name.utf8.count)
            return object[name] ?? arguments[1]
        },
        Filter("sort", .optional("reverse", is: .bool(false)), .optional("attribute", is: .null)) {
            value, arguments, meter throws(TemplateFaultReason) in
            let elements = try elements(of: value, "sort", &meter)
            let keys = try picked(elements, arguments[1], "sort", &meter)
            return try .list(of: try sorted(elements, by: keys, isDescending: arguments[0].isTrue, &meter))
        },
        Filter("unique", .optional("attribute", is: .null)) { value, arguments, meter throws(TemplateFaultReason) in
            let elements = try elements(of: value, "unique", &meter)
            var seen: [TemplateValue] = []
            var kept: [TemplateValue] = []
            for (element, key) in zip(elements, try picked(elements, arguments[0], "unique", &meter)) {
                let isKnown = try key.isWithin(.list(try TemplateList(seen)), &meter)
                try meter.spend(seen.count / 8)
                guard !isKnown else { continue }
                seen.append(key)
                kept.append(element)
            }
            return try .list(of: kept)
        },
        Filter("sum", .optional("attribute", is: .null)) { value, arguments, meter throws(TemplateFaultReason) in
            var total = TemplateValue.integer(0)
            for number in try picked(try elements(of: value, "sum", &meter), arguments[0], "sum", &meter) {
                total = try total.calculates(.add, with: number, &meter)
            }
            return total
        },
        extreme("min") { candidate, best, meter throws(TemplateFaultReason) in try candidate.precedes(best, &meter) },
        extreme("max") { candidate, best, meter throws(TemplateFaultReason) in try best.precedes(candidate, &meter) },
    ]

    private static func extreme(
        _ name: String,
        _ isBetter: @escaping @Sendable (TemplateValue, TemplateValue, inout Meter) throws(TemplateFaultReason) -> Bool
    ) -> Filter {
        Filter(name, .optional("attribute", is: .null)) { value, arguments, meter throws(TemplateFaultReason) in
            let elements = try elements(of: value, name, &meter)
            var best: (key: TemplateValue, element: TemplateValue)?
            for (element, key) in zip(elements, try picked(elements, arguments[0], name, &meter)) {
                if let known = best?.key, try !isBetter(key, known, &meter) { continue }
                best = (key, element)
            }
            return best?.element ?? .missing(name)
        }
    }

    /// Elements in the order of their keys; equal ones keep theirs (merge sort, from the bottom up).
    private static func sorted(
        _ elements: [TemplateValue], by keys: [TemplateValue], isDescending: Bool = false, _ meter: inout Meter
    ) throws(TemplateFaultReason) -> [TemplateValue] {
        var order = Array(elements.indices)
        var width = 1
        while width < order.count {
            var merged: [Int] = []
            merged.reserveCapacity(order.count)
            for start in stride(from: 0, to: order.count, by: width * 2) {
                var left = start
                let middle = min(start + width, order.count)
                var right = middle
                let end = min(start + width * 2, order.count)
                while left < middle, right < end {
                    let (one, two) = (keys[order[left]], keys[order[right]])
                    let takesRight = isDescending ? try one.precedes(two, &meter) : try two.precedes(one, &meter)
                    merged.append(takesRight ? order[right] : order[left])
                    if takesRight { right += 1 } else { left += 1 }
                }
                merged += order[left..<middle]
                merged += order[right..<end]
            }
            order = merged
            width *= 2
        }
        return order.map { elements[$0] }
    }
}
