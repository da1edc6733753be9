/// The query of a request, as it was sent: most requests have none, and what its items mean is for whoever owns the server to say.
public struct HTTPQuery: Sendable, Hashable {
    /// What followed the first `?`, not decoded, or an empty string.
    public var raw: String

    /// A query of this text.
    public init(raw: String) {
        self.raw = raw
    }
}
