public import WaiaasCore

extension Operation {
    /// Checks and reads what stands in the path and the query.
    ///
    /// The texts are put into one small JSON object, so parameters are held to the same schemas by the same code as bodies.
    /// - Parameters:
    ///   - path: name and decoded text of each path parameter.
    ///   - query: name and decoded text of each query parameter, in order.
    /// - Throws: `VALIDATION_ERROR` for a fault, an unknown name, or a name given twice.
    public static func parameters(
        path: [(name: String, value: String)], query: [(name: String, value: String)]
    ) throws(Problem) -> Parameters {
        let fields = endpoint.parameters
        var writer = JSONWriter()
        writer.beginObject()
        for (name, value) in path + query {
            writer.key(name)
            let isText: Bool = if case .string = fields.first(where: { $0.name == name })?.schema { true } else { false }
            if !isText, let scalar = scalar(value) { scalar.write(to: &writer) } else { writer.string(value) }
        }
        writer.endObject()
        let node: JSONNode
        do {
            node = try JSONDocument(scanning: writer.bytes).root
        } catch {
            throw .syntax(error)
        }
        return try Parameters(node, as: .request, at: "parameters")
    }

    /// The path of a request with its query string, everything encoded.
    public static func target(_ parameters: Parameters) -> String {
        guard let node = try? JSONDocument(scanning: parameters.encoded()).root else { return endpoint.path.description }
        func text(_ name: String) -> String? {
            node.member(name).map { $0.string ?? String(decoding: $0.source, as: UTF8.self) }
        }
        let path = endpoint.path.path { text($0) ?? "" }
        let query = endpoint.queryParameters.compactMap { field in
            text(field.name).map { "\(PercentEncoding.encoded(field.name))=\(PercentEncoding.encoded($0))" }
        }
        return query.isEmpty ? path : path + "?" + query.joined(separator: "&")
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
