public import WaiaasCore

extension PublicJWK {
    /// Reads a public JWK. One that holds a private member is refused: somebody has put it in the wrong place.
    /// - Throws: `JWKError`.
    public init(parsing bytes: [UInt8]) throws(JWKError) {
        let document: JSONDocument
        do throws(JSONError) {
            document = try JSONDocument(scanning: bytes, limits: .token)
        } catch {
            throw .json(error)
        }
        try self.init(document.root)
    }

    /// Reads a public JWK out of a larger document, such as one of a set.
    /// - Throws: `JWKError`.
    public init(_ node: JSONNode) throws(JWKError) {
        guard node.kind == .object else { throw .notAnObject }
        for name in ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] where node.member(name) != nil { throw .privateMember(name) }
        switch try Self.text("kty", of: node) {
        case "OKP":
            try Self.expect("crv", "Ed25519", in: node)
            self = .ed25519(x: try Self.value("x", of: node, count: 32))
        case "EC":
            try Self.expect("crv", "P-256", in: node)
            self = .p256(x: try Self.value("x", of: node, count: 32), y: try Self.value("y", of: node, count: 32))
        case "RSA":
            self = .rsa(n: try Self.value("n", of: node), e: try Self.value("e", of: node))
        case let other:
            throw .unsupported("kty", other)
        }
        if node.member("use") != nil { try Self.expect("use", "sig", in: node) }
        if node.member("alg") != nil { try Self.expect("alg", algorithm.rawValue, in: node) }
        if let operations = node.member("key_ops") {
            guard let operations = operations.elements else { throw .malformed("key_ops") }
            guard operations.contains(where: { $0.isString("verify") }) else { throw .unsupported("key_ops", "") }
        }
    }

    private static func text(_ name: String, of node: JSONNode) throws(JWKError) -> String {
        guard let text = node.member(name)?.string else { throw .missing(name) }
        return text
    }

    private static func expect(_ name: String, _ wanted: String, in node: JSONNode) throws(JWKError) {
        let found = try text(name, of: node)
        guard found == wanted else { throw .unsupported(name, found) }
    }

    /// - Parameter count: the exact length, or nil for an integer without leading zeros (RFC 7518 section 2, Base64urlUInt).
    private static func value(_ name: String, of node: JSONNode, count: Int? = nil) throws(JWKError) -> [UInt8] {
        guard let bytes = Base64URL.decode(try text(name, of: node)) else { throw .malformed(name) }
        if let count {
            guard bytes.count == count else { throw .malformed(name) }
        } else {
            guard let first = bytes.first, first != 0 else { throw .malformed(name) }
        }
        return bytes
    }
}
