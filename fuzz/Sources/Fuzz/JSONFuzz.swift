import WaiaasCore

/// The scanner that sees every body, token and key first.
enum JSONFuzz {
    @Sendable static func run(_ bytes: [UInt8]) {
        guard let document = try? JSONDocument(scanning: bytes) else { return }
        var writer = JSONWriter()
        let isWhole = write(document.root, to: &writer)
        guard isWhole else { return }
        guard let again = try? JSONDocument(scanning: writer.bytes, limits: JSONLimits(bytes: 16 << 20)) else {
            return promise(false, "what was written can be read")
        }
        var twice = JSONWriter()
        _ = write(again.root, to: &twice)
        promise(twice.bytes == writer.bytes, "what was read and written is the same when it is read and written again")
    }

    /// Visits everything; false where a number has no exact form, which the writer cannot say.
    private static func write(_ node: JSONNode, to writer: inout JSONWriter) -> Bool {
        switch node.kind {
        case .object:
            writer.beginObject()
            guard let members = node.members else { return false }
            for (name, value) in members {
                promise(node.member(name) != nil, "a member is found by its name")
                writer.key(name)
                guard write(value, to: &writer) else { return false }
            }
            writer.endObject()
        case .array:
            writer.beginArray()
            guard let elements = node.elements else { return false }
            for element in elements {
                guard write(element, to: &writer) else { return false }
            }
            writer.endArray()
        case .string:
            guard let text = node.string else {
                promise(false, "a string has a text")
                return false
            }
            promise(node.isString(text), "a string is its own text")
            writer.string(text)
        case .integer, .decimal:
            promise(node.double != nil, "a number has a value")
            guard let number = node.integer else { return false }
            writer.integer(number)
        case .true, .false: writer.bool(node.bool == true)
        case .null: writer.null()
        }
        return true
    }
}
