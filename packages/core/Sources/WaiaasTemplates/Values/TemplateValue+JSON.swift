import WaiaasCore

extension TemplateValue {
    /// A value of a JSON document.
    init(_ node: JSONNode) throws(TemplateFaultReason) {
        switch node.kind {
        case .object:
            var members: [(name: String, value: TemplateValue)] = []
            if let all = node.members {
                for (name, value) in all { members.append((name, try TemplateValue(value))) }
            }
            self = .object(try TemplateObject(members))
        case .array:
            var elements: [TemplateValue] = []
            if let all = node.elements {
                for element in all { elements.append(try TemplateValue(element)) }
            }
            self = .list(try TemplateList(elements))
        case .string: self = .text(node.string ?? "")
        case .integer: self = .integer(node.integer ?? 0)
        case .decimal: self = .decimal(node.double ?? 0)
        case .true: self = .bool(true)
        case .false: self = .bool(false)
        case .null: self = .null
        }
    }

    /// Writes it as JSON.
    func write(to writer: inout JSONWriter, _ meter: inout Meter) throws(TemplateFaultReason) {
        try meter.spend()
        switch self {
        case .missing(let name): throw .notThere(name)
        case .null: writer.null()
        case .bool(let value): writer.bool(value)
        case .integer(let value): writer.integer(value)
        case .decimal(let value): writer.json(value.description.utf8)
        case .text(let value):
            try meter.spend(bytes: value.utf8.count)
            writer.string(value)
        case .list(let list):
            writer.beginArray()
            for element in list.elements { try element.write(to: &writer, &meter) }
            writer.endArray()
        case .object(let object):
            writer.beginObject()
            for (name, value) in zip(object.names, object.values) {
                try meter.spend(bytes: name.utf8.count)
                writer.key(name)
                try value.write(to: &writer, &meter)
            }
            writer.endObject()
        }
        guard writer.bytes.count <= meter.limits.output else { throw .textTooLong(limit: meter.limits.output) }
    }
}
