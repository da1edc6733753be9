/// One row of the problem catalogue: what an answer with this code says when nothing more is known.
public struct ProblemRow: Hashable, Sendable {
    /// The code in an answer: UPPER_SNAKE.
    public let text: String
    /// The HTTP status.
    public let status: Int
    /// What happened, in one sentence.
    public let message: String
    /// What the caller can do next; nil where an answer must not help.
    public let hint: String?
    /// Whether the same request may succeed later.
    public let retryable: Bool
    /// Seconds to wait when the answer knows nothing better; only for 429 and 503 (RFC 9110 section 10.2.3).
    public let retryAfterSeconds: Int64?
    /// The `WWW-Authenticate` value of a 401 (RFC 9110 section 11.6.1, RFC 6750 section 3).
    public let challenge: String?

    init(
        _ text: String, _ status: Int, _ message: String, hint: String? = nil, retryable: Bool = false,
        retryAfterSeconds: Int64? = nil, challenge: String? = nil
    ) {
        self.text = text
        self.status = status
        self.message = message
        self.hint = hint
        self.retryable = retryable
        self.retryAfterSeconds = retryAfterSeconds
        self.challenge = challenge
    }
}
