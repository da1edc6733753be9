import Synchronization
import Testing
import WaiaasAPI
import WaiaasCLI
import WaiaasClient
import WaiaasCore

/// A daemon made of answers that a test sets, and the list of what it was asked.
final class FakeDaemon: DaemonCalls, DaemonDoors {
    private typealias Answer = @Sendable (any Sendable, any Sendable) throws(ClientError) -> any Sendable

    private struct State {
        var answers: [String: Answer] = [:]
        var calls: [String] = []
        var streams: [Result<[StreamedEvent], ClientError>] = []
    }

    private let state = Mutex(State())

    /// What was asked, in order: the door and `METHOD target body`.
    var calls: [String] { state.withLock { $0.calls } }

    /// Sets what an operation answers.
    func on<O: Operation>(
        _ operation: O.Type, answer: @escaping @Sendable (O.Parameters, O.Input) throws(ClientError) -> O.Output
    ) {
        let erased: Answer = { (parameters, input) throws(ClientError) in
            guard let parameters = parameters as? O.Parameters, let input = input as? O.Input else { throw .unsendableCredential }
            return try answer(parameters, input)
        }
        state.withLock { $0.answers["\(operation)"] = erased }
    }

    /// Sets an answer that does not depend on the question.
    func on<O: Operation>(_ operation: O.Type, _ output: O.Output) {
        on(operation) { (_, _) throws(ClientError) in output }
    }

    /// Lets an operation be refused.
    func refuse<O: Operation>(_ operation: O.Type, _ problem: Problem, retryAfterSeconds: Int64? = nil) {
        let refusal = Refusal(
            status: problem.code.status, answer: ProblemAnswer(problem, requestId: "req_1"), retryAfterSeconds: retryAfterSeconds)
        on(operation) { (_, _) throws(ClientError) in throw .refused(refusal) }
    }

    func call<O: Operation>(_ operation: O.Type, parameters: O.Parameters, input: O.Input) async throws(ClientError) -> O.Output {
        let body = String(decoding: input.encoded(), as: UTF8.self)
        let line = "\(O.endpoint.method.rawValue) \(O.target(parameters))" + (body.isEmpty ? "" : " " + body)
        let answer = state.withLock { state in
            state.calls.append(line)
            return state.answers["\(operation)"]
        }
        guard let answer else {
            Issue.record("\(operation) was called, and the test has no answer for it")
            throw .unreachable(reason: "no answer in the test")
        }
        guard let output = try answer(parameters, input) as? O.Output else { throw .unsendableCredential }
        return output
    }

    /// Sets what each next stream brings before it breaks off, or why there is none; beyond them nobody is there.
    func stream(_ streams: Result<[StreamedEvent], ClientError>...) { state.withLock { $0.streams = streams } }

    func watch(
        path: String, after lastEvent: String?, _ receiver: @escaping @Sendable (StreamedEvent) -> Bool
    ) async throws(ClientError) {
        let stream = state.withLock { state in
            state.calls.append("watch \(path)" + (lastEvent.map { " after \($0)" } ?? ""))
            return state.streams.isEmpty ? nil : state.streams.removeFirst()
        }
        guard let stream else {
            Issue.record("\(path) was watched once more than the test has streams")
            throw .invalidAddress("no stream in the test")
        }
        _ = try stream.get().allSatisfy(receiver)
    }

    func changeMasterPassword(to replacement: any PasswordSource) async throws -> ChangedPassword {
        let length = try replacement.withPassword { $0.byteCount }
        state.withLock { $0.calls.append("a new password of \(length) bytes") }
        return try await call(ChangeMasterPassword.self, parameters: NoParameters(), input: NoContent())
    }

    func importEventSecret(_ secret: inout [UInt8]) async throws(ClientError) -> EventStatus {
        let length = secret.count
        secret = []
        state.withLock { $0.calls.append("an event secret of \(length) bytes") }
        return try await call(ImportEventSecret.self, parameters: NoParameters(), input: NoContent())
    }

    func operatorDoor(dataDirectory: String, password: any PasswordSource) throws -> any DaemonCalls {
        let length = try password.withPassword { $0.byteCount }
        state.withLock { $0.calls.append("operator at \(dataDirectory) with a password of \(length) bytes") }
        return self
    }

    func openDoor(address: String) throws(ClientError) -> any DaemonCalls {
        state.withLock { $0.calls.append("anybody at \(address)") }
        return self
    }

    func userDoor(address: String, token: inout [UInt8]) throws(ClientError) -> any DaemonCalls {
        let text = String(decoding: token, as: UTF8.self)
        state.withLock { $0.calls.append("user at \(address) with \(text)") }
        return self
    }

    func agentDoor(address: String, token: inout [UInt8]) throws(ClientError) -> any DaemonCalls {
        let text = String(decoding: token, as: UTF8.self)
        state.withLock { $0.calls.append("agent at \(address) with \(text)") }
        return self
    }
}
