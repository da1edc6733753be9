public import WaiaasCore

extension String: TextFieldValue {
    /// Text of 1 to 1,024 bytes; a field usually says it closer.
    public static var format: StringFormat { .text(1...1_024) }
    /// The text itself.
    public init?(fieldText: String) { self = fieldText }
    /// The text itself.
    public var fieldText: String { self }
}

extension Int64: FieldValue {
    /// A count; a field may say it closer.
    public static var schema: Schema { .count }
    /// Reads a whole number.
    public init?(_ node: JSONNode) {
        guard let value = node.integer else { return nil }
        self = value
    }
    /// Writes a number.
    public func write(to writer: inout JSONWriter) { writer.integer(self) }
}

extension Bool: FieldValue {
    /// `true` or `false`.
    public static var schema: Schema { .boolean }
    /// Reads a boolean.
    public init?(_ node: JSONNode) {
        guard let value = node.bool else { return nil }
        self = value
    }
    /// Writes a boolean.
    public func write(to writer: inout JSONWriter) { writer.bool(self) }
}

extension Array: FieldValue where Element: FieldValue {
    /// A list of up to 1,000 elements; a field may say it closer.
    public static var schema: Schema { .array(of: Element.schema, count: 0...1_000) }
    /// Reads every element; nil if one cannot be read.
    public init?(_ node: JSONNode) {
        guard let elements = node.elements else { return nil }
        var values: [Element] = []
        for element in elements {
            guard let value = Element(element) else { return nil }
            values.append(value)
        }
        self = values
    }
    /// Writes a list.
    public func write(to writer: inout JSONWriter) {
        writer.beginArray()
        for element in self { element.write(to: &writer) }
        writer.endArray()
    }
}
