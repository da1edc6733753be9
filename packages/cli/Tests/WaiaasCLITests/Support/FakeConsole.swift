import Synchronization
import WaiaasCLI

/// A console that keeps what is printed and answers from what a test puts in.
final class FakeConsole: Console {
    private struct State {
        var output = ""
        var error = ""
        var fault: ConsoleFault?
        var answers: [String] = []
        var sources: [ConsoleSource: [UInt8]] = [:]
        var columns: Int?
    }

    private let state = Mutex(State())

    var output: String { state.withLock { $0.output } }
    var error: String { state.withLock { $0.error } }

    /// Lets somebody sit at the terminal who answers so.
    func answer(_ lines: String...) { state.withLock { $0.answers = lines } }
    /// Puts text into a file or standard input.
    func put(_ text: String, into source: ConsoleSource) { state.withLock { $0.sources[source] = Array(text.utf8) } }
    /// Forgets what was printed.
    func forget() { state.withLock { ($0.output, $0.error) = ("", "") } }
    /// Makes standard error a terminal of a width.
    func widen(to columns: Int) { state.withLock { $0.columns = columns } }
    /// Makes standard output fail.
    func failOutput(_ fault: ConsoleFault) { state.withLock { $0.fault = fault } }

    func write(_ text: String, to stream: ConsoleStream) throws(ConsoleFault) {
        let fault = state.withLock { state in
            switch stream {
            case .output where state.fault != nil: break
            case .output: state.output += text
            case .error: state.error += text
            }
            return stream == .output ? state.fault : nil
        }
        if let fault { throw fault }
    }

    var columns: Int? { state.withLock { $0.columns } }

    var canAsk: Bool { state.withLock { !$0.answers.isEmpty } }

    func ask(_ question: String) throws(ConsoleFault) -> String? {
        state.withLock { state in
            state.error += question
            return state.answers.isEmpty ? nil : state.answers.removeFirst()
        }
    }

    func read(_ source: ConsoleSource, limit: Int) throws(ConsoleFault) -> [UInt8] {
        guard let bytes = state.withLock({ $0.sources[source] }) else {
            if source == .input { throw .inputIsTerminal }
            throw .unreadable(source, reason: "No such file or directory")
        }
        guard bytes.count <= limit else { throw .tooLong(source, limit: limit) }
        return bytes
    }
}
