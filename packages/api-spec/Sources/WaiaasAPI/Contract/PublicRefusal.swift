public import WaiaasCore

/// The body of a refusal of a public session: ours, and `error` beside it, where clients of the original look (design 2.4).
public struct PublicRefusal: Message {
    /// What happened, in a sentence.
    public let error: String
    /// The same as everywhere else.
    public let problem: ProblemAnswer

    /// The answer to one request.
    public init(_ problem: Problem, requestId: String) {
        error = problem.message
        self.problem = ProblemAnswer(problem, requestId: requestId)
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "The body of a refusal of a public session.",
        [
            Field("error", \.error, "What happened, in a sentence: `message` once more.", schema: .string(.text(1...4_096))),
            Field("code", \.problem.code, "A code of the catalogue.", schema: .string(.text(1...64))),
            Field("message", \.problem.message, "What happened, in a sentence.", schema: .string(.text(1...4_096))),
            .optional("hint", \.problem.hint, "What to do next.", schema: .string(.text(1...4_096))),
            .optional("details", \.problem.details, "Evidence for programs; its members depend on the code."),
            Field("requestId", \.problem.requestId, "The request, as the log names it.", schema: .string(.text(1...64))),
            Field("retryable", \.problem.retryable, "Whether the same request may succeed later."),
        ])
    /// A session that is not there.
    public static let example = PublicRefusal(Problem(.panelNotFound), requestId: "req_01jd8x3k2m5n7p9q0r1s2t")

    /// Reads an answer.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        error = try object.required("error")
        problem = try ProblemAnswer(reading: object)
    }
}
