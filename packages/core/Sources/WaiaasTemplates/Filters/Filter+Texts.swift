extension Filter {
    /// Filters for texts.
    static let texts: [Filter] = [
        text("upper") { $0.uppercased() },
        text("lower") { $0.lowercased() },
        text("capitalize") { $0.capitalizedFirst },
        text("title") { $0.titled },
        text("trim") { String($0.trimmingWhitespace) },
        Filter("replace", .required("from", or: "old"), .required("to", or: "new")) { value, arguments, meter throws(TemplateFaultReason) in
            let text = try value.text()
            let from = try arguments[0].requireText(for: "replace")
            let to = try arguments[1].text()
            guard !from.isEmpty else { throw .arguments(of: "replace", "needs something to replace") }
            let places = try text.places(of: from, &meter)
            let (growth, overflow) = places.count.multipliedReportingOverflow(by: to.utf8.count)
            guard !overflow else { throw .textTooLong(limit: meter.limits.output) }
            try meter.make(bytes: text.utf8.count - places.count * from.utf8.count + growth)
            return .text(text.replacing(at: places, length: from.utf8.count, with: to))
        },
        Filter("split", .required("pat", or: "sep")) { value, arguments, meter throws(TemplateFaultReason) in
            let text = try value.requireText(for: "split")
            let separator = try arguments[0].requireText(for: "split")
            guard !separator.isEmpty else { throw .arguments(of: "split", "needs a separator") }
            let places = try text.places(of: separator, &meter)
            try meter.spend(places.count)
            return try .list(of: text.parts(between: places, length: separator.utf8.count).map { .text($0) })
        },
        Filter("truncate", .optional("length", is: .integer(255)), .optional("end", is: .text("…"))) {
            value, arguments, meter throws(TemplateFaultReason) in
            let text = try value.text()
            let length = try arguments[0].requireInteger(for: "truncate")
            try meter.spend(bytes: text.utf8.count)
            guard length >= 0 else { throw .arguments(of: "truncate", "takes a length of 0 or more") }
            let scalars = text.unicodeScalars
            guard let end = scalars.index(scalars.startIndex, offsetBy: length, limitedBy: scalars.endIndex), end < scalars.endIndex
            else { return .text(text) }
            return .text(String(text[..<end]) + (try arguments[1].text()))
        },
        Filter("wordcount") { value, _, meter throws(TemplateFaultReason) in
            let text = try value.text()
            try meter.spend(bytes: text.utf8.count)
            return .integer(Int64(text.unicodeScalars.split(whereSeparator: \.properties.isWhitespace).count))
        },
        Filter("urlencode") { value, _, meter throws(TemplateFaultReason) in
            let text = try value.text()
            try meter.make(bytes: text.utf8.count * 3)
            return .text(text.percentEncoded)
        },
        Filter("format", takesMany: true) { value, arguments, meter throws(TemplateFaultReason) in
            var format = PrintfFormat(try value.requireText(for: "format"), arguments)
            return .text(try format.run(&meter))
        },
    ]

    /// A filter that changes a text and needs to know nothing else.
    private static func text(_ name: String, _ change: @escaping @Sendable (String) -> String) -> Filter {
        Filter(name) { value, _, meter throws(TemplateFaultReason) in
            let text = try value.text()
            // A character may become three when its case changes.
            try meter.make(bytes: text.utf8.count)
            let changed = change(text)
            try meter.make(bytes: changed.utf8.count)
            return .text(changed)
        }
    }
}
