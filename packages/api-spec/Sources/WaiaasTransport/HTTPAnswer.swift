/// One answer, whole.
public struct HTTPAnswer: Hashable, Sendable {
    /// One header field.
    public struct Field: Hashable, Sendable {
        /// The name, in lower case.
        public let name: String
        /// The value, without the space around it.
        public let value: String
    }

    /// The status.
    public let status: Int
    /// The header fields in order.
    public let headers: [Field]
    /// The body.
    public let body: [UInt8]

    /// The value of the first field of that name, given in lower case.
    public func header(_ name: String) -> String? {
        headers.first { $0.name == name }?.value
    }
}
