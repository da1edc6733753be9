/// A small JSON value: the evidence an answer carries in `details`.
///
/// Made by our own code only, so its depth is what that code writes.
public indirect enum DetailValue: Hashable, Sendable {
    /// JSON `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A whole number.
    case integer(Int64)
    /// A text.
    case string(String)
    /// A list.
    case array([DetailValue])
    /// An object; its members keep their order.
    case object([Member])

    /// One member of an object.
    public struct Member: Hashable, Sendable {
        /// The member's name.
        public let name: String
        /// The member's value.
        public let value: DetailValue

        /// A member from its name and value.
        public init(_ name: String, _ value: DetailValue) {
            self.name = name
            self.value = value
        }
    }

    /// The member of that name, nil if this is no object or has none.
    public subscript(name: String) -> DetailValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }
}

extension DetailValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    /// `["limitBytes": 65_536]`.
    public init(dictionaryLiteral elements: (String, DetailValue)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }

    /// `["GET", "POST"]`.
    public init(arrayLiteral elements: DetailValue...) {
        self = .array(elements)
    }

    /// A text.
    public init(stringLiteral value: String) {
        self = .string(value)
    }

    /// A whole number.
    public init(integerLiteral value: Int64) {
        self = .integer(value)
    }
}
