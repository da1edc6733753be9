public import WaiaasCore

/// The protected header of a token, as far as it is looked at (RFC 7515 section 4.1).
///
/// `crit` is refused, for no extension is understood here; so are parameters that carry a key or name a place to fetch one, and those
/// of encryption and compression. Other parameters are ignored, as section 4 asks.
public struct JWSHeader: Sendable, Equatable {
    /// What the token says it was signed with; only ever compared with the algorithm of the key.
    public let algorithm: JWSAlgorithm
    /// The kind of token (`typ`), as it stands.
    public let type: String?
    /// The key id. One that `KeyID` does not allow is refused: none of ours looks so, and it is never used in a path or a query.
    public let kid: KeyID?

    static let forbidden = ["crit", "b64", "jku", "jwk", "x5u", "x5c", "zip", "enc", "epk", "p2c"]

    init(parsing bytes: [UInt8]) throws(JWSError) {
        let document: JSONDocument
        do throws(JSONError) {
            document = try JSONDocument(scanning: bytes, limits: .token)
        } catch {
            throw .invalidHeader(error)
        }
        guard let members = document.root.members else { throw .invalidParameter("header") }
        var algorithm: JWSAlgorithm?
        var type: String?
        var kid: KeyID?
        for (name, value) in members {
            switch name {
            case "alg":
                guard let text = value.string else { throw .invalidParameter(name) }
                guard let known = JWSAlgorithm(rawValue: text) else { throw .unsupportedAlgorithm(String(text.prefix(16))) }
                algorithm = known
            case "typ":
                guard let text = value.string else { throw .invalidParameter(name) }
                type = text
            case "kid":
                guard let id = value.string.flatMap({ KeyID($0) }) else { throw .invalidParameter(name) }
                kid = id
            default:
                if Self.forbidden.contains(name) { throw .forbiddenParameter(name) }
            }
        }
        guard let algorithm else { throw .invalidParameter("alg") }
        self.algorithm = algorithm
        self.type = type
        self.kid = kid
    }

    /// The header of a token that this product signs, as JSON.
    static func json(algorithm: JWSAlgorithm, type: String, kid: KeyID) -> [UInt8] {
        var writer = JSONWriter(reserving: 96)
        writer.beginObject()
        writer.member("alg", algorithm.rawValue)
        writer.member("typ", type)
        writer.member("kid", kid.text)
        writer.endObject()
        return writer.bytes
    }
}
