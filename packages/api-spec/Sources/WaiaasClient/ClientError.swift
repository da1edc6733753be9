public import WaiaasAPI
public import WaiaasCore

/// Why a call has no result.
public enum ClientError: Error, Equatable, Sendable {
    /// No daemon answers there; nothing was done.
    case unreachable(reason: String)
    /// The exchange broke off or took too long; whether the daemon acted is not known.
    case interrupted(reason: String)
    /// The daemon said no.
    case refused(Refusal)
    /// Something answered, but not as a daemon does.
    case unexpectedAnswer(status: Int, reason: String)
    /// The address is no `http` or `https` base URL.
    case invalidAddress(String)
    /// A credential would go over an unprotected connection to another machine, so nothing was sent.
    case unprotected(address: String)
    /// The credential cannot stand in a header field.
    case unsendableCredential
}

/// A refusal of the daemon.
public struct Refusal: Equatable, Sendable {
    /// The HTTP status.
    public let status: Int
    /// What it says.
    public let answer: ProblemAnswer
    /// Seconds to wait, if it said so.
    public let retryAfterSeconds: Int64?

    /// A refusal as it was answered.
    public init(status: Int, answer: ProblemAnswer, retryAfterSeconds: Int64?) {
        self.status = status
        self.answer = answer
        self.retryAfterSeconds = retryAfterSeconds
    }

    /// The row of the catalogue; nil for a code of a newer daemon.
    public var code: ProblemCode? { ProblemCode(text: answer.code, status: status) }
}
