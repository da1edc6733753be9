public import WaiaasCore

/// A JSON object of the protocol: a request, an answer, or a part of one.
///
/// The shape is written once; the schema, the documents and the writing follow from it.
public protocol Message: FieldValue, Payload {
    /// What it is, and its members in the order in which they are written.
    static var shape: Shape<Self> { get }
    /// Reads the members of an object that has passed the schema.
    init(reading object: ObjectReader) throws(UnreadableField)
}

extension Message {
    /// The shape as a schema, named after the type.
    public static var schema: Schema { .object(shape.schema) }

    /// JSON of this shape.
    public static var content: Content { .json(schema) }

    /// Reads an object that has passed the schema.
    public init?(_ node: JSONNode) {
        guard node.kind == .object, let value = try? Self(reading: ObjectReader(node)) else { return nil }
        self = value
    }

    /// Scans, checks, reads: in that order, so that nothing is read from a document that is not wholly sound.
    public init(decoding bytes: [UInt8], as reading: Reading) throws(Problem) {
        try self.init(JSONNode(decoding: bytes, as: reading), as: reading)
    }

    /// Checks a scanned value, then reads it.
    init(_ node: JSONNode, as reading: Reading, at path: String = "$") throws(Problem) {
        let issues = Self.schema.issues(in: node, at: path, refusesUnknown: reading.refusesUnknown)
        guard issues.isEmpty else { throw .validation(issues) }
        do {
            try self.init(reading: ObjectReader(node))
        } catch {
            let issue = SchemaIssue(
                path: "\(path).\(error.name)", code: .format, message: "cannot be read", expected: "a readable value", received: "another")
            throw .validation([issue])
        }
    }

    /// Writes the object.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        let fields = Self.shape.fields
        // By place: a loop over the fields would copy each with its schema.
        for place in fields.indices { fields[place].write(self, &writer) }
        writer.endObject()
    }

    /// The object as JSON, members in the order of ``shape``.
    public func encoded() -> [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.bytes
    }
}

extension JSONNode {
    /// The one value of a body.
    init(decoding bytes: [UInt8], as reading: Reading) throws(Problem) {
        do {
            self = try JSONDocument(scanning: bytes, limits: reading.limits).root
        } catch {
            throw .syntax(error)
        }
    }
}
