public import WaiaasCore

extension Operation {
    /// Checks and reads what stands in the path and the query.
    ///
    /// The texts are put into one small JSON object, so parameters are held to the same schemas by the same code as bodies.
    /// - Parameters:
    ///   - path: name and decoded text of each path parameter.
    ///   - query: name and decoded text of each query parameter, in order.
    /// - Throws: `VALIDATION_ERROR` for a fault, an unknown name unless the endpoint leaves such aside, or a name given twice.
    public static func parameters(
        path: [(name: String, value: String)], query: [(name: String, value: String)]
    ) throws(Problem) -> Parameters {
        let fields = endpoint.parameters
        let query = endpoint.reading.refusesUnknown ? query : query.filter { item in fields.contains { $0.name == item.name } }
        return try Parameters(JSONNode(pairs: path + query, fields: fields), as: .request, at: "parameters")
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
}
