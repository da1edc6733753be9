/// Why there is no answer.
public enum TransportError: Error, Hashable, Sendable {
    /// Nothing was sent: the host, the port or the socket cannot be reached.
    case unreachable(reason: String)
    /// The exchange took too long; whether the other side acted is not known.
    case timedOut
    /// The exchange broke off; whether the other side acted is not known.
    case failed(reason: String)
    /// The answer's body is larger than the request allows, in bytes.
    case answerTooLarge(limitBytes: Int)
    /// The request cannot be sent: a header field holds a line break or NUL. Names the field.
    case unsendableHeader(name: String)
    /// The request cannot be sent: the URL is not `http` or `https`, or cannot be read.
    case unsendableURL
}
