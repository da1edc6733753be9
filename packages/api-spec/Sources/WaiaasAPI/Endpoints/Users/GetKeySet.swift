public import WaiaasCore

/// `GET /.well-known/jwks.json`: the published keys of user tokens (RFC 7517).
public enum GetKeySet: Operation {
    /// The answer.
    public typealias Output = KeySetDocument
    /// The contract.
    public static let endpoint = describe(
        .get, "/.well-known/jwks.json", area: .users, authentication: .anyone,
        summary: "Get the published keys",
        text: """
            Holds every key that signs, will sign, or has signed a token that still lives. May be kept for as long as `Cache-Control` says.
            """)
}

/// A JWK set, passed on as it is.
public struct KeySetDocument: Payload {
    /// The document's bytes.
    public let bytes: [UInt8]

    /// A document from its bytes.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// JSON that RFC 7517 shapes.
    public static let content = Content.document(mediaType: "application/json")
    /// The shortest document.
    public static let example = KeySetDocument(Array(#"{"keys":[]}"#.utf8))

    /// Takes the bytes as they are.
    public init(decoding bytes: [UInt8], as reading: Reading) throws(Problem) { self.bytes = bytes }

    /// The bytes as they are.
    public func encoded() -> [UInt8] { bytes }
}
