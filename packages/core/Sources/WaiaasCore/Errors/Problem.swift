/// A refusal, as the caller will see it: a row of the catalogue and what is known about this one case.
public struct Problem: Error, Hashable, Sendable {
    /// The row.
    public let code: ProblemCode
    /// What happened; the row's message unless this case says it better. Holds no secret.
    public let message: String
    /// What the caller can do next.
    public let hint: String?
    /// Evidence for programs, an object; holds no secret.
    public let details: DetailValue?
    /// Seconds until trying again makes sense; only sent with 429 and 503.
    public let retryAfterSeconds: Int64?

    /// A problem of a row; what is not given is taken from the row.
    ///
    /// - Parameters:
    ///   - code: the row.
    ///   - message: a better sentence than the row's.
    ///   - hint: a better hint than the row's.
    ///   - details: evidence, an object.
    ///   - retryAfterSeconds: a better time than the row's, in seconds.
    public init(
        _ code: ProblemCode, message: String? = nil, hint: String? = nil, details: DetailValue? = nil, retryAfterSeconds: Int64? = nil
    ) {
        let row = code.row
        self.code = code
        self.message = message ?? row.message
        self.hint = hint ?? row.hint
        self.details = details
        self.retryAfterSeconds = retryAfterSeconds ?? row.retryAfterSeconds
    }

    /// 405 with the methods that the path does take (RFC 9110 section 15.5.6 requires them).
    public static func methodNotAllowed(allowing methods: [String]) -> Problem {
        Problem(.methodNotAllowed, details: ["allowed": .array(methods.map(DetailValue.string))])
    }

    /// 413 with the most that is taken, in bytes.
    public static func bodyTooLarge(limitBytes: Int) -> Problem {
        Problem(.bodyTooLarge, details: ["limitBytes": .integer(Int64(limitBytes))])
    }
}
