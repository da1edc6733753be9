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
        var files: [String: [UInt8]] = [:]
        var fileFault: ConsoleFault?
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

    /// The files that were published.
    func file(_ path: String) -> String? { state.withLock { $0.files[path] }.map { String(decoding: $0, as: UTF8.self) } }
    /// Makes writing a file fail.
    func failFile(_ fault: ConsoleFault) { state.withLock { $0.fileFault = fault } }

    func create(_ path: String) throws(ConsoleFault) -> any ConsoleFile { FakeFile(console: self, path: path) }

    /// A file in memory.
    private final class FakeFile: ConsoleFile {
        private let console: FakeConsole
        private let path: String
        private let bytes = Mutex<[UInt8]>([])

        init(console: FakeConsole, path: String) {
            (self.console, self.path) = (console, path)
        }

        func append(_ more: [UInt8]) throws(ConsoleFault) {
            if let fault = console.state.withLock({ $0.fileFault }) { throw fault }
            bytes.withLock { $0 += more }
        }

        func publish() throws(ConsoleFault) {
            let whole = bytes.withLock { $0 }
            console.state.withLock { $0.files[path] = whole }
        }

        func abandon() {}
    }

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
