import WaiaasCore

/// One member of a message, bound to the property that it shows: the schema and the writing come from the same line.
public struct Field<Root: Sendable>: Sendable {
    /// What the documents and the check know of it.
    public let schema: FieldSchema
    let write: @Sendable (Root, inout JSONWriter) -> Void

    /// A member that is always there.
    ///
    /// - Parameters:
    ///   - name: the member's name.
    ///   - value: the property.
    ///   - text: what it means, with its unit.
    ///   - schema: a closer shape than the type's.
    public init<Value: FieldValue>(
        _ name: String, _ value: @escaping @Sendable (Root) -> Value, _ text: String, schema: Schema = Value.schema
    ) {
        self.schema = FieldSchema(name: name, schema: schema, presence: .required, text: text)
        let key = JSONName(name)
        write = { root, writer in
            writer.key(key)
            value(root).write(to: &writer)
        }
    }

    /// A member that is left out when its property is nil.
    public static func optional<Value: FieldValue>(
        _ name: String, _ value: @escaping @Sendable (Root) -> Value?, _ text: String, schema: Schema = Value.schema
    ) -> Field {
        let key = JSONName(name)
        return Field(schema: FieldSchema(name: name, schema: schema, presence: .optional, text: text)) { root, writer in
            guard let value = value(root) else { return }
            writer.key(key)
            value.write(to: &writer)
        }
    }

    /// A member that is `null` when its property is nil.
    public static func nullable<Value: FieldValue>(
        _ name: String, _ value: @escaping @Sendable (Root) -> Value?, _ text: String, schema: Schema = Value.schema
    ) -> Field {
        let key = JSONName(name)
        return Field(schema: FieldSchema(name: name, schema: schema, presence: .nullable, text: text)) { root, writer in
            writer.key(key)
            if let value = value(root) { value.write(to: &writer) } else { writer.null() }
        }
    }

    private init(schema: FieldSchema, write: @escaping @Sendable (Root, inout JSONWriter) -> Void) {
        self.schema = schema
        self.write = write
    }
}
