import WaiaasCore

/// An answer as it came over the wire.
struct Reply: Sendable, CustomStringConvertible {
    let status: Int
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    /// The value of the first field of that name, given in lower case.
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    var text: String { String(decoding: body, as: UTF8.self) }
    var isJSON: Bool { header("content-type") == "application/json" }

    /// The JSON value in the body; nil if there is none.
    var json: JSONNode? { try? JSONDocument(scanning: body, limits: .wide).root }

    /// The code of a refusal; nil for anything else.
    var code: String? { status >= 400 ? json?["code"]?.string : nil }

    /// The `error` of a refusal of an OAuth endpoint.
    var oauthError: String? { status >= 400 ? json?["error"]?.string : nil }

    /// Status and code, or what else tells one answer from another: for tables and counts.
    var gist: String { [String(status), code ?? oauthError ?? json?["key"]?.string].compactMap { $0 }.joined(separator: " ") }

    var description: String { "\(status) \(text.prefix(400))" }
}
