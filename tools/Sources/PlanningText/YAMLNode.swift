/// A node of a YAML document, with where it stands.
package struct YAMLNode: Hashable, Sendable {
    /// What a node can be.
    package indirect enum Content: Hashable, Sendable {
        /// Any single value. Only a plain one, without quotes, may be a number or a truth value.
        case scalar(String, isPlain: Bool)
        case sequence([YAMLNode])
        case mapping([YAMLEntry])
    }

    package let content: Content
    package let place: TextPlace

    /// A node from its parts.
    package init(_ content: Content, at place: TextPlace) {
        self.content = content
        self.place = place
    }

    /// The text of a scalar; nil for anything else, and for a plain empty value, which is YAML's null.
    package var text: String? {
        guard case .scalar(let text, let isPlain) = content, !(isPlain && (text.isEmpty || text == "~" || text == "null")) else {
            return nil
        }
        return text
    }

    /// The whole number of a plain scalar.
    package var number: Int? {
        guard case .scalar(let text, isPlain: true) = content else { return nil }
        return Int(text)
    }

    /// The elements of a sequence; none for anything else.
    package var elements: [YAMLNode] {
        guard case .sequence(let elements) = content else { return [] }
        return elements
    }

    /// The entries of a mapping; none for anything else.
    package var entries: [YAMLEntry] {
        guard case .mapping(let entries) = content else { return [] }
        return entries
    }

    /// The value of a mapping's key.
    package subscript(key: String) -> YAMLNode? { entries.first { $0.key == key }?.value }

    /// What kind of node it is, in words.
    package var kind: String {
        switch content {
        case .scalar(let text, _): text.isEmpty ? "nothing" : "\"\(text.prefix(40))\""
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }
}

/// A key of a mapping with its value.
package struct YAMLEntry: Hashable, Sendable {
    package let key: String
    package let place: TextPlace
    package let value: YAMLNode
}

/// Why a text is no YAML that we take.
package struct YAMLFault: Error, Hashable {
    package let place: TextPlace
    package let message: String

    /// A fault from its parts.
    package init(place: TextPlace, message: String) {
        self.place = place
        self.message = message
    }
}
