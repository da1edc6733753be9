public import WaiaasCore

/// A type whose values stand in messages: it knows its shape, reads itself and writes itself.
public protocol FieldValue: Equatable, Sendable {
    /// The shape of every value of the type.
    static var schema: Schema { get }
    /// Reads a value that has passed a schema; nil if the type is stricter still.
    init?(_ node: JSONNode)
    /// Appends the value.
    func write(to writer: inout JSONWriter)
}

/// A type that is a text in messages, with one spelling for each value.
public protocol TextFieldValue: FieldValue {
    /// What the text looks like.
    static var format: StringFormat { get }
    /// Reads the text; nil for any that is not a value.
    init?(fieldText: String)
    /// The text.
    var fieldText: String { get }
}

extension TextFieldValue {
    /// A string of the type's format.
    public static var schema: Schema { .string(format) }

    /// Reads a JSON string.
    public init?(_ node: JSONNode) {
        guard let text = node.string else { return nil }
        self.init(fieldText: text)
    }

    /// Writes a JSON string.
    public func write(to writer: inout JSONWriter) { writer.string(fieldText) }
}

extension TextFieldValue where Self: RawRepresentable<String> & CaseIterable {
    /// One of the cases.
    public static var format: StringFormat { .oneOf(allCases.map(\.rawValue)) }
    /// The case of that text.
    public init?(fieldText: String) { self.init(rawValue: fieldText) }
    /// The case's text.
    public var fieldText: String { rawValue }
}
