import WaiaasCore

/// A member that passed its schema and still cannot be read: schema and type disagree, or the type is stricter.
public struct UnreadableField: Error, Hashable, Sendable {
    /// The member's name.
    public let name: String
}

/// Reads the members of one object into properties.
public struct ObjectReader: Sendable {
    private let node: JSONNode

    init(_ node: JSONNode) {
        self.node = node
    }

    /// The value of a member that must be there.
    public func required<Value: FieldValue>(_ name: String) throws(UnreadableField) -> Value {
        guard let value = node.member(name).flatMap(Value.init) else { throw UnreadableField(name: name) }
        return value
    }

    /// The value of a member that may be left out or be `null`.
    public func optional<Value: FieldValue>(_ name: String) throws(UnreadableField) -> Value? {
        guard let member = node.member(name), !member.isNull else { return nil }
        guard let value = Value(member) else { throw UnreadableField(name: name) }
        return value
    }
}

extension ObjectReader {
    /// The bytes of a member that must be there as base64url.
    func base64url(_ name: String) throws(UnreadableField) -> [UInt8] {
        let text: String = try required(name)
        guard let bytes = Base64URL.decode(text) else { throw UnreadableField(name: name) }
        return bytes
    }
}
