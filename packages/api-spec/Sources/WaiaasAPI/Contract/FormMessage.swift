public import WaiaasCore

/// A message that comes as a form: what the OAuth 2 endpoints take (RFC 6749 appendix B).
///
/// A parameter that is given twice is a fault, one that is not known is left aside (RFC 6749 section 3.2).
public protocol FormMessage: Message {}

extension FormMessage {
    /// A form of this shape.
    public static var content: Content { .form(schema) }

    /// Reads a form.
    public init(decoding bytes: [UInt8], as reading: Reading) throws(Problem) {
        guard bytes.count <= reading.limits.bytes, let text = String(validating: bytes, as: UTF8.self) else {
            throw Problem(.validationError, message: "The form cannot be read.", hint: "Use UTF-8, percent-encoded.")
        }
        let pairs = try FormText.pairs(of: text)
        // An empty value is one that was not given (RFC 6749 section 3.1).
        let node = try JSONNode(pairs: pairs.filter { !$0.value.isEmpty }, fields: Self.shape.schema.fields)
        try self.init(node, as: Reading(limits: reading.limits, refusesUnknown: false))
    }

    /// The form, members in the order of ``shape``.
    public func encoded() -> [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        guard let node = try? JSONDocument(scanning: writer.bytes).root, let members = node.members else { return [] }
        var pairs: [String] = []
        for (name, value) in members {
            let text = value.string ?? String(decoding: value.source, as: UTF8.self)
            pairs.append("\(PercentEncoding.encoded(name))=\(PercentEncoding.encoded(text))")
        }
        return Array(pairs.joined(separator: "&").utf8)
    }
}
