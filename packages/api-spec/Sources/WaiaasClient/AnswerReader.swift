import WaiaasAPI
import WaiaasCore
import WaiaasTransport

/// Turns an answer into an operation's output or into the reason why there is none.
struct AnswerReader {
    private let answer: HTTPAnswer

    init(_ answer: HTTPAnswer) {
        self.answer = answer
    }

    func output<O: Operation>(of operation: O.Type) throws(ClientError) -> O.Output {
        guard answer.status == O.endpoint.status else { throw refusal }
        if let expected = O.endpoint.output.mediaType {
            let given = answer.header("content-type") ?? "none"
            guard Self.mediaType(given) == Self.mediaType(expected) else {
                throw unexpected("the content type is \(given), not \(expected)")
            }
        }
        do {
            return try O.Output(decoding: answer.body, as: .answer)
        } catch {
            throw unexpected(error.message)
        }
    }

    /// Why there is no output.
    var refusal: ClientError {
        guard answer.status >= 400 else { return unexpected("the status is not one of the contract") }
        do {
            let problem = try ProblemAnswer(decoding: answer.body, as: .answer)
            return .refused(
                Refusal(status: answer.status, answer: problem, retryAfterSeconds: answer.header("retry-after").flatMap { Int64($0) }))
        } catch {
            return unexpected("the body is no problem of the daemon")
        }
    }

    private func unexpected(_ reason: String) -> ClientError { .unexpectedAnswer(status: answer.status, reason: reason) }

    private static func mediaType(_ value: String) -> String {
        String(value.prefix { $0 != ";" && $0 != " " }).lowercased()
    }
}

extension ClientError {
    /// A transport's error as a caller sees it.
    init(_ error: TransportError) {
        self =
            switch error {
            case .unreachable(let reason): .unreachable(reason: reason)
            case .timedOut: .interrupted(reason: "no answer in time")
            case .failed(let reason): .interrupted(reason: reason)
            case .answerTooLarge(let limit): .interrupted(reason: "the answer is larger than \(limit) bytes")
            case .unsendableHeader: .unsendableCredential
            case .unsendableURL: .invalidAddress("")
            }
    }
}
