/// One answer. The server adds `Date` and `Content-Length`, and leaves the body out for `HEAD`, 204 and 304.
///
/// An answer with a stream has no length: it ends with its connection.
public struct HTTPResponse: Sendable, Equatable {
    /// A header field of an answer. The name is a token, the value neither empty nor with control characters; otherwise the client gets 500.
    public struct Field: Sendable, Equatable {
        /// The name, as it goes out.
        public var name: String
        /// The value, as it goes out.
        public var value: String

        /// A field of `name` and `value`.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The status, 200 to 599.
    public var status: Int
    /// The header fields, in the order they go out.
    public var fields: [Field]
    /// The body, or its beginning if a stream follows.
    public var body: [UInt8]
    /// What follows the body without an end.
    public var stream: HTTPStream?
    /// Whether the connection ends with this answer (`Connection: close`).
    public var closesConnection: Bool

    /// An answer of these parts.
    public init(status: Int, fields: [Field] = [], body: [UInt8] = [], stream: HTTPStream? = nil, closesConnection: Bool = false) {
        self.status = status
        self.fields = fields
        self.body = body
        self.stream = stream
        self.closesConnection = closesConnection
    }
}
