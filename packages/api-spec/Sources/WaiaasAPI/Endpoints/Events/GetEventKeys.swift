public import WaiaasCore

/// `GET /v1/events/keyset`: hands the keys to a consumer that signs or verifies by itself.
public enum GetEventKeys: Operation {
    /// The path or the query.
    public typealias Parameters = LoadedKeys
    /// The answer.
    public typealias Output = EventKeysDocument
    /// The contract.
    public static let endpoint = describe(
        .get, "/v1/events/keyset", area: .events, authentication: .eventKeyHolder,
        summary: "Get the event keys",
        text: """
            The keys themselves, for consumers with the role `keys`: the document that targets hold. Ask every second or so with `If-None-Match`, and say in `loaded` which keys you hold, the one you sign with first: a rotation waits for that before the new key signs. Enforce `verify_until` by your own clock.
            """)
}

/// The event keys, passed on as they are.
public struct EventKeysDocument: Payload {
    /// The document's bytes.
    public let bytes: [UInt8]

    /// A document from its bytes.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// JSON, described in docs/events.md.
    public static let content = Content.document(mediaType: "application/json")
    /// The shortest text of its kind.
    public static let example = EventKeysDocument(Array(#"{"v":1,"keys":[]}"#.utf8))

    /// Takes the bytes as they are.
    public init(decoding bytes: [UInt8], as reading: Reading) throws(Problem) { self.bytes = bytes }

    /// The bytes as they are.
    public func encoded() -> [UInt8] { bytes }
}

/// Which keys a consumer holds.
public struct LoadedKeys: Message {
    /// The kids that the consumer has loaded, between commas, the one it signs with first.
    public let loaded: String?

    /// From its parts.
    public init(loaded: String? = nil) {
        self.loaded = loaded
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "Which keys the consumer holds.",
        [
            .optional(
                "loaded", \.loaded, "The kids that the consumer has loaded, between commas, the one it signs with first.",
                schema: .string(.text(1...512)))
        ])
    /// Two keys.
    public static let example = LoadedKeys(loaded: "3f9a2c7b1d4e5f60,a81b0c9d2e3f4a5b")

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        loaded = try object.optional("loaded")
    }
}
