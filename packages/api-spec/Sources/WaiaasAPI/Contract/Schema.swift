/// The shape of a value: what a request is checked against, and what the documents say.
public indirect enum Schema: Hashable, Sendable {
    /// An object with known members.
    case object(ObjectSchema)
    /// One of these objects.
    case oneOf([ObjectSchema])
    /// A text.
    case string(StringFormat)
    /// A whole number in a range; never beyond ±(2^53 - 1).
    case integer(ClosedRange<Int64>)
    /// `true` or `false`.
    case boolean
    /// A list of so many elements.
    case array(of: Schema, count: ClosedRange<Int>)
    /// Any JSON object.
    case anyObject
    /// Any JSON value.
    case any

    /// Every whole number that is not negative.
    public static let count = Schema.integer(0...9_007_199_254_740_991)
}

/// The shape of an object: a component of the OpenAPI document, a table of the reference.
public struct ObjectSchema: Hashable, Sendable {
    /// The component's name.
    public let name: String
    /// What it is, in one sentence.
    public let text: String
    /// Its members in order.
    public let fields: [FieldSchema]
    /// Exactly one of these optional members must be there; empty for no such rule.
    public let exactlyOneOf: [String]
}

/// One member of an object.
public struct FieldSchema: Hashable, Sendable {
    /// Whether a member must be there.
    public enum Presence: Hashable, Sendable {
        /// It must be there and have a value.
        case required
        /// It may be left out; `null` says the same.
        case optional
        /// It must be there; `null` says "none".
        case nullable
    }

    /// The member's name.
    public let name: String
    /// The shape of its value.
    public let schema: Schema
    /// Whether it must be there.
    public let presence: Presence
    /// What it means, with its unit.
    public let text: String
}
