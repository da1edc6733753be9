/// A JSON document that has been checked whole: strict RFC 8259, UTF-8, bounded size and depth, no member twice.
///
/// Bodies, tokens, keys and stored documents all pass here before anything is decoded, because a decoder that takes the last of two
/// equal members and a checker that takes the first would see two different documents. The bytes are kept as they are, beside a flat
/// tape of where each value lies; text is un-escaped only when it is asked for.
public struct JSONDocument: Sendable {
    let bytes: [UInt8]
    let entries: [JSONEntry]

    /// Checks a document.
    /// - Parameters:
    ///   - bytes: the document.
    ///   - limits: what it may cost.
    /// - Throws: the first fault, with its offset.
    public init(scanning bytes: [UInt8], limits: JSONLimits = .request) throws(JSONError) {
        var scanner = JSONScanner(limits: limits)
        try scanner.scan(bytes.span)
        self.bytes = bytes
        self.entries = scanner.entries
    }

    /// The document's one value.
    public var root: JSONNode { JSONNode(document: self, index: 0) }

    /// The value of a member of the root object; nil if the root is no object or has no such member.
    public subscript(member name: String) -> JSONNode? { root.member(name) }
}
