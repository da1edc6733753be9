/// What a request wants done (RFC 9110 section 9).
///
/// `HEAD` has no case of its own: it reaches the handler as ``get`` with ``HTTPRequest/isHead`` set, and the server leaves the body out.
public enum HTTPMethod: Sendable, Hashable {
    case get
    case post
    case put
    case patch
    case delete
    case options
    /// Any other token, as it was sent; methods are case-sensitive, so `get` in lower case is one of these.
    case other(String)

    /// The method that `name` stands for.
    ///
    /// - Parameter name: The token of the request line, but not `HEAD`.
    public init(_ name: String) {
        switch name {
        case "GET": self = .get
        case "POST": self = .post
        case "PUT": self = .put
        case "PATCH": self = .patch
        case "DELETE": self = .delete
        case "OPTIONS": self = .options
        default: self = .other(name)
        }
    }

    /// The token as it stands in a request line.
    public var name: String {
        switch self {
        case .get: "GET"
        case .post: "POST"
        case .put: "PUT"
        case .patch: "PATCH"
        case .delete: "DELETE"
        case .options: "OPTIONS"
        case .other(let name): name
        }
    }
}
