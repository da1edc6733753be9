public import WaiaasCore

/// `GET /openapi.json`: the machine-readable contract.
public enum GetOpenAPI: Operation {
    /// The document, passed on as it is.
    public struct Output: Payload {
        /// The document's bytes.
        public let bytes: [UInt8]

        /// A document from its bytes.
        public init(_ bytes: [UInt8]) { self.bytes = bytes }

        /// JSON that is not ours to shape: OpenAPI 3.1 says what it looks like.
        public static let content = Content.document(mediaType: "application/json")
        /// The shortest document.
        public static let example = Output(Array(#"{"openapi":"3.1.0"}"#.utf8))

        /// Takes the bytes as they are.
        public init(decoding bytes: [UInt8], as reading: Reading) throws(Problem) { self.bytes = bytes }

        /// The bytes as they are.
        public func encoded() -> [UInt8] { bytes }
    }

    /// The contract.
    public static let endpoint = describe(
        .get, "/openapi.json", area: .health, authentication: .anyone, summary: "Get the OpenAPI 3.1 document",
        text: "The document is generated from the same values as the router, and says the same for every daemon of a version.")
}
