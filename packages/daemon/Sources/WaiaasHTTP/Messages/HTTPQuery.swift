/// The query of a request. It is kept as it was sent; most requests have none, and only a handler that wants items pays for them.
public struct HTTPQuery: Sendable, Hashable {
    /// A name and its value, decoded.
    public struct Item: Sendable, Hashable {
        /// The name.
        public var name: String
        /// The value; empty if there was no `=`.
        public var value: String

        /// An item of these parts.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// What followed the first `?`, or an empty string.
    public var raw: String

    /// A query of this text.
    public init(raw: String) {
        self.raw = raw
    }

    /// The items in the order they came; a name that was sent twice is in it twice.
    ///
    /// - Throws: ``PercentEncodingError`` if a name or value is not percent-encoded UTF-8.
    public func items() throws(PercentEncodingError) -> [Item] {
        var items: [Item] = []
        for piece in raw.split(separator: "&") {
            let equals = piece.firstIndex(of: "=")
            let name = try PercentEncoding.decode(piece[..<(equals ?? piece.endIndex)], form: .query)
            let value = try equals.map { (index) throws(PercentEncodingError) in
                try PercentEncoding.decode(piece[piece.index(after: index)...], form: .query)
            }
            items.append(Item(name: name, value: value ?? ""))
        }
        return items
    }
}
