/// What a message is and which members it has: made once for a type, read by every check and every writing.
public struct Shape<Root: Message>: Sendable {
    /// The members, bound to their properties.
    public let fields: [Field<Root>]
    /// The same as the check and the documents want it.
    public let schema: ObjectSchema

    /// A shape, named after its type.
    ///
    /// - Parameters:
    ///   - text: what the message is, in one sentence.
    ///   - exactlyOneOf: optional members of which exactly one must be given; empty for no such rule.
    ///   - fields: the members in the order in which they are written.
    public init(_ text: String, exactlyOneOf: [String] = [], _ fields: [Field<Root>]) {
        self.fields = fields
        schema = ObjectSchema(name: "\(Root.self)", text: text, fields: fields.map(\.schema), exactlyOneOf: exactlyOneOf)
    }
}
