/// One header field of an answer.
public struct HeaderField: Hashable, Sendable {
    /// The field's name.
    public let name: String
    /// The field's value.
    public let value: String

    /// A field from its name and value.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

extension Problem {
    /// The header fields that follow from the problem: a challenge with 401, `Retry-After` with 429 and 503, `Allow` with 405.
    public var headers: [HeaderField] {
        switch code.status {
        case 401:
            return code.row.challenge.map { [HeaderField("WWW-Authenticate", $0)] } ?? []
        case 405:
            guard case .array(let methods) = details?["allowed"] else { return [] }
            let names = methods.compactMap { if case .string(let name) = $0 { name } else { nil } }
            return [HeaderField("Allow", names.joined(separator: ", "))]
        case 429, 503:
            return [HeaderField("Retry-After", String(max(1, retryAfterSeconds ?? 1)))]
        default:
            return []
        }
    }
}
