/// One request, whole: the handler never waits for more of it.
///
/// It is a value that owns everything it holds, so it may outlive its connection.
public struct HTTPRequest: Sendable {
    /// The method; `HEAD` arrives as ``HTTPMethod/get``.
    public var method: HTTPMethod
    /// Whether the request line said `HEAD`.
    public var isHead: Bool
    /// The path as it was sent: printable ASCII, percent escapes untouched. Split it at `/` first and decode each part afterwards.
    public var path: String
    /// What followed the first `?`, not decoded.
    public var query: HTTPQuery
    /// The header fields.
    public var headers: HTTPHeaders
    /// The body, within the limit that was set for its path; empty if there was none.
    public var body: [UInt8]
    /// Who sent it.
    public var peer: HTTPPeer

    /// A request made by hand, for calling a handler without a server.
    public init(
        method: HTTPMethod, isHead: Bool = false, path: String, query: HTTPQuery = HTTPQuery(raw: ""),
        headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = [], peer: HTTPPeer
    ) {
        self.method = method
        self.isHead = isHead
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.peer = peer
    }
}
