public import WaiaasCore

/// The body of every refusal: flat, the same everywhere (design 2.4).
public struct ProblemAnswer: Message {
    /// A code of the catalogue.
    public let code: String
    /// What happened.
    public let message: String
    /// What to do next.
    public let hint: String?
    /// Evidence for programs.
    public let details: DetailValue?
    /// The request, as the log names it.
    public let requestId: String
    /// Whether the same request may succeed later.
    public let retryable: Bool

    /// The answer to one request.
    public init(_ problem: Problem, requestId: String) {
        code = problem.code.text
        message = problem.message
        hint = problem.hint
        details = problem.details
        self.requestId = requestId
        retryable = problem.code.row.retryable
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "The body of every refusal.",
        [
            Field("code", \.code, "A code of the catalogue.", schema: .string(.text(1...64))),
            Field("message", \.message, "What happened, in a sentence.", schema: .string(.text(1...4_096))),
            .optional("hint", \.hint, "What to do next.", schema: .string(.text(1...4_096))),
            .optional("details", \.details, "Evidence for programs; its members depend on the code."),
            Field("requestId", \.requestId, "The request, as the log names it.", schema: .string(.text(1...64))),
            Field("retryable", \.retryable, "Whether the same request may succeed later."),
        ])
    /// A refusal of a second rotation.
    public static let example = ProblemAnswer(
        Problem(.rotationTooRecent, details: ["previousExpiry": "2026-11-21T10:20:30.000Z"], retryAfterSeconds: 211),
        requestId: "req_01jd8x3k2m5n7p9q0r1s2t")

    /// Reads an answer.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        code = try object.required("code")
        message = try object.required("message")
        hint = try object.optional("hint")
        details = try object.optional("details")
        requestId = try object.required("requestId")
        retryable = try object.required("retryable")
    }
}
