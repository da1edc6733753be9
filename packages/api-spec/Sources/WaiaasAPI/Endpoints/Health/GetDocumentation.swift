public import WaiaasCore

/// `GET /doc`: the contract as a page for people.
public enum GetDocumentation: Operation {
    /// The page, passed on as it is.
    public struct Output: Payload {
        /// The page's bytes.
        public let bytes: [UInt8]

        /// A page from its bytes.
        public init(_ bytes: [UInt8]) { self.bytes = bytes }

        /// HTML in UTF-8.
        public static let content = Content.document(mediaType: "text/html; charset=utf-8")
        /// The shortest page.
        public static let example = Output(Array("<!doctype html><title>waiaas API</title>".utf8))

        /// Takes the bytes as they are.
        public init(decoding bytes: [UInt8], as reading: Reading) throws(Problem) { self.bytes = bytes }

        /// The bytes as they are.
        public func encoded() -> [UInt8] { bytes }
    }

    /// The contract.
    public static let endpoint = describe(
        .get, "/doc", area: .health, authentication: .anyone, summary: "Read the reference in a browser",
        text: "One self-contained page: no script, no outside resource.")
}
