extension Filter {
    /// Filters for lists.
    static let lists: [Filter] = [
        Filter("first") { value, _, meter throws(TemplateFaultReason) in try edge(value, "first", 0, &meter) },
        Filter("last") { value, _, meter throws(TemplateFaultReason) in try edge(value, "last", -1, &meter) },
        Filter("nth", .required("n")) { value, arguments, _ throws(TemplateFaultReason) in
            let elements = try value.requireList(for: "nth")
            let place = TemplateValue.place(Int64(try arguments[0].requireInteger(for: "nth")), of: elements.count)
            return place.map { elements[$0] } ?? .missing("nth")
        },
        Filter("list") { value, _, meter throws(TemplateFaultReason) in try .list(of: try elements(of: value, "list", &meter)) },
        Filter("join", .optional("sep", or: "d", is: .text("")), .optional("attribute", is: .null)) {
            value, arguments, meter throws(TemplateFaultReason) in
            let separator = try arguments[0].text()
            var text = ""
            for (index, element) in try picked(try elements(of: value, "join", &meter), arguments[1], "join", &meter).enumerated() {
                if index > 0 { text += separator }
                text += try element.text()
                try meter.spend()
                guard text.utf8.count <= meter.limits.output else { throw .textTooLong(limit: meter.limits.output) }
            }
            try meter.make(bytes: text.utf8.count)
            return .text(text)
        },
        Filter("reverse") { value, _, meter throws(TemplateFaultReason) in
            if case .text(let text) = value {
                try meter.make(bytes: text.utf8.count)
                return .text(String(String.UnicodeScalarView(text.unicodeScalars.reversed())))
            }
            return try .list(of: try elements(of: value, "reverse", &meter).reversed())
        },
        Filter("slice", .optional("start", is: .integer(0)), .optional("end", is: .null)) {
            value, arguments, meter throws(TemplateFaultReason) in
            let elements = try elements(of: value, "slice", &meter)
            let start = bound(try arguments[0].requireInteger(for: "slice"), elements.count)
            var end = elements.count
            if case .null = arguments[1] {} else { end = bound(try arguments[1].requireInteger(for: "slice"), elements.count) }
            return try .list(of: start < end ? Array(elements[start..<end]) : [])
        },
        Filter("concat", .required("with")) { value, arguments, meter throws(TemplateFaultReason) in
            var added = [arguments[0]]
            if case .list(let list) = arguments[0] { added = list.elements }
            try meter.spend(added.count)
            return try .list(of: try elements(of: value, "concat", &meter) + added)
        },
        Filter("map", .required("attribute"), .optional("default", is: .null)) { value, arguments, meter throws(TemplateFaultReason) in
            try .list(of: try picked(try elements(of: value, "map", &meter), arguments[0], "map", &meter, orElse: arguments[1]))
        },
        Filter("filter", .required("attribute"), .optional("value", is: .null)) { value, arguments, meter throws(TemplateFaultReason) in
            let elements = try elements(of: value, "filter", &meter)
            let keys = try picked(elements, arguments[0], "filter", &meter, orElse: .null)
            var kept: [TemplateValue] = []
            for (element, key) in zip(elements, keys) {
                // Without a value it keeps what has one.
                if case .null = arguments[1] {
                    if case .null = key { continue }
                    kept.append(element)
                } else if try key.equals(arguments[1], &meter) {
                    kept.append(element)
                }
            }
            return try .list(of: kept)
        },
    ]

    /// What is looped over, as the loop has it: a list's elements, a text's characters, an object's names.
    static func elements(of value: TemplateValue, _ filter: String, _ meter: inout Meter) throws(TemplateFaultReason) -> [TemplateValue] {
        switch value {
        case .list(let list):
            try meter.spend(list.elements.count)
            return list.elements
        case .text(let text):
            try meter.spend(text.utf8.count)
            return text.unicodeScalars.map { .text(String($0)) }
        case .object(let object):
            try meter.spend(object.count)
            return object.names.map { .text($0) }
        case .missing, .null, .bool, .integer, .decimal: throw .misfit("`\(filter)` takes a list, not \(value.kind)")
        }
    }

    /// Of each element the member that a path such as `a.b` names; the elements themselves if there is no path.
    static func picked(
        _ elements: [TemplateValue], _ attribute: TemplateValue, _ filter: String, _ meter: inout Meter, orElse: TemplateValue? = nil
    ) throws(TemplateFaultReason) -> [TemplateValue] {
        if case .null = attribute { return elements }
        let path = try attribute.requireText(for: filter).split(separator: ".", maxSplits: 16).map(String.init)
        var members: [TemplateValue] = []
        members.reserveCapacity(elements.count)
        for element in elements {
            try meter.spend(path.count)
            var value: TemplateValue? = element
            for name in path {
                if case .object(let object)? = value { value = object[name] } else { value = nil }
            }
            // An element without the member is a fault, unless something is given in its place.
            guard let member = value ?? orElse else { throw .notThere(path.joined(separator: ".")) }
            members.append(member)
        }
        return members
    }

    private static func edge(
        _ value: TemplateValue, _ name: String, _ index: Int64, _ meter: inout Meter
    ) throws(TemplateFaultReason) -> TemplateValue {
        let elements = try elements(of: value, name, &meter)
        return TemplateValue.place(index, of: elements.count).map { elements[$0] } ?? .missing(name)
    }

    /// A place between elements, counted from the end if it is negative.
    private static func bound(_ index: Int, _ count: Int) -> Int {
        index < 0 ? max(0, index.addingReportingOverflow(count).partialValue) : min(index, count)
    }
}
