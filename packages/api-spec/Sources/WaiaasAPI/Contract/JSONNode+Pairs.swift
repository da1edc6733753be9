import WaiaasCore

extension JSONNode {
    /// Texts by name, as one small JSON object: so parameters and forms are held to the same schemas by the same code as bodies.
    ///
    /// - Parameters:
    ///   - pairs: name and decoded text, in order; a name given twice is a fault.
    ///   - fields: what is wanted: a text that is wanted as a number or a boolean is read as one.
    init(pairs: [(name: String, value: String)], fields: [FieldSchema]) throws(Problem) {
        var writer = JSONWriter()
        writer.beginObject()
        for (name, value) in pairs {
            writer.key(name)
            let isText: Bool = if case .string = fields.first(where: { $0.name == name })?.schema { true } else { false }
            if !isText, let scalar = Self.scalar(value) { scalar.write(to: &writer) } else { writer.string(value) }
        }
        writer.endObject()
        do {
            self = try JSONDocument(scanning: writer.bytes).root
        } catch {
            throw .syntax(error)
        }
    }

    /// The number or boolean that a text spells in the one way that JSON has for it.
    private static func scalar(_ text: String) -> DetailValue? {
        switch text {
        case "true": .bool(true)
        case "false": .bool(false)
        default: Int64(text).flatMap { String($0) == text ? .integer($0) : nil }
        }
    }
}
