public import WaiaasCore

extension WallTime: TextFieldValue {
    /// ISO 8601 in UTC.
    public static var format: StringFormat { .time }
    /// Reads ISO 8601.
    public init?(fieldText: String) { self.init(iso8601: fieldText) }
    /// ISO 8601 with milliseconds.
    public var fieldText: String { iso8601 }
    /// Writes it without a string on the way.
    public func write(to writer: inout JSONWriter) { writer.plain(iso8601Bytes.span) }
}

extension Identifier: TextFieldValue, FieldValue {
    /// A UUID.
    public static var format: StringFormat { .identifier }
    /// Reads the canonical spelling.
    public init?(fieldText: String) { self.init(fieldText) }
    /// The canonical spelling.
    public var fieldText: String { description }
    /// Writes it without a string on the way.
    public func write(to writer: inout JSONWriter) { writer.plain(canonicalBytes.span) }
}

extension Agent.Name: TextFieldValue {
    /// A name.
    public static var format: StringFormat { .name }
    /// Reads a name.
    public init?(fieldText: String) { self.init(fieldText) }
    /// The name.
    public var fieldText: String { text }
}

extension UserID: TextFieldValue {
    /// A user's name.
    public static var format: StringFormat { .userName }
    /// Reads a name.
    public init?(fieldText: String) { self.init(fieldText) }
    /// The name.
    public var fieldText: String { text }
}

extension OAuthClient.ID: TextFieldValue {
    /// A client's id, which looks like any other name.
    public static var format: StringFormat { .name }
    /// Reads an id.
    public init?(fieldText: String) { self.init(fieldText) }
    /// The id.
    public var fieldText: String { text }
}

extension PanelID: TextFieldValue {
    /// An id that looks like any other name.
    public static var format: StringFormat { .name }
    /// Reads an id.
    public init?(fieldText: String) { self.init(fieldText) }
    /// The id.
    public var fieldText: String { text }
}

extension PanelArguments: FieldValue {
    /// Any object.
    public static var schema: Schema { .anyObject }
    /// Writes the object as it came.
    public func write(to writer: inout JSONWriter) { writer.json(json) }
}

extension EventConsumer.Name: TextFieldValue {
    /// A name.
    public static var format: StringFormat { .name }
    /// Reads a name.
    public init?(fieldText: String) { self.init(fieldText) }
    /// The name.
    public var fieldText: String { text }
}

extension EventRole: TextFieldValue, FieldValue {}

extension EventRotationStep: TextFieldValue, FieldValue {}

extension EventRotation.Kind: TextFieldValue, FieldValue {}

extension Amount: TextFieldValue {
    /// A decimal number.
    public static var format: StringFormat { .decimal }
    /// Reads the canonical spelling.
    public init?(fieldText: String) { self.init(fieldText) }
    /// The canonical spelling.
    public var fieldText: String { description }
}

extension KeyID: TextFieldValue {
    /// The public name of a key.
    public static var format: StringFormat { .keyID }
    /// Reads a kid.
    public init?(fieldText: String) { self.init(fieldText) }
    /// The kid.
    public var fieldText: String { text }
}

extension Digest256: TextFieldValue {
    /// 64 lower-case hex characters.
    public static var format: StringFormat { .hex(64) }
    /// Reads the one spelling.
    public init?(fieldText: String) { self.init(hex: fieldText) }
    /// The spelling.
    public var fieldText: String { description }
}

extension ConstraintName: TextFieldValue {}

extension PageRequest.Order: TextFieldValue, FieldValue {}

extension DetailValue: FieldValue {
    /// Any JSON value.
    public static var schema: Schema { .any }

    /// Reads any value; nil for a number that is not whole. The scanner has bounded the depth.
    public init?(_ node: JSONNode) {
        switch node.kind {
        case .null: self = .null
        case .true: self = .bool(true)
        case .false: self = .bool(false)
        case .string: self = .string(node.string ?? "")
        case .integer: self = .integer(node.integer ?? 0)
        case .decimal: return nil
        case .array:
            guard let values = [DetailValue](node) else { return nil }
            self = .array(values)
        case .object:
            var members: [Member] = []
            if let found = node.members {
                for (name, value) in found {
                    guard let value = DetailValue(value) else { return nil }
                    members.append(Member(name, value))
                }
            }
            self = .object(members)
        }
    }

    /// Writes the value.
    public func write(to writer: inout JSONWriter) {
        switch self {
        case .null: writer.null()
        case .bool(let value): writer.bool(value)
        case .integer(let value): writer.integer(value)
        case .string(let value): writer.string(value)
        case .array(let values): values.write(to: &writer)
        case .object(let members):
            writer.beginObject()
            for member in members {
                writer.key(member.name)
                member.value.write(to: &writer)
            }
            writer.endObject()
        }
    }
}
