import WaiaasCore

extension Filter {
    /// Filters for values of any kind.
    static let values: [Filter] = [
        Filter("default", .required("value", or: "default_value"), .optional("boolean", is: .bool(false)), takesMissing: true) {
            value, arguments, _ throws(TemplateFaultReason) in
            if case .missing = value { return arguments[0] }
            return arguments[1].isTrue && !value.isTrue ? arguments[0] : value
        },
        // Values are escaped where they are written, so there is nothing left to do.
        Filter("escape") { value, _, _ throws(TemplateFaultReason) in .text(try value.text()) },
        Filter("string") { value, _, _ throws(TemplateFaultReason) in .text(try value.text()) },
        Filter("json_encode") { value, _, meter throws(TemplateFaultReason) in
            var writer = JSONWriter()
            try value.write(to: &writer, &meter)
            return .text(String(decoding: writer.bytes, as: UTF8.self))
        },
        Filter("length") { value, _, meter throws(TemplateFaultReason) in
            switch value {
            case .text(let text):
                try meter.spend(bytes: text.utf8.count)
                return .integer(Int64(text.unicodeScalars.count))
            case .list(let list): return .integer(Int64(list.elements.count))
            case .object(let object): return .integer(Int64(object.count))
            default: throw .misfit("\(value.kind) has no length")
            }
        },
    ]
}
