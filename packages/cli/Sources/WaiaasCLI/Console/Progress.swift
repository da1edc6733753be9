import Synchronization
import WaiaasCore

/// One line at a terminal that says how far something has come; written over while it goes on, and erased at its end.
///
/// It goes to standard error and only if that is a terminal, so that neither a pipe nor a log ever holds it. What is done within a second
/// shows nothing. The line is taken back by a carriage return and spaces, which every terminal understands.
final class Progress: Sendable {
    /// What takes less long shows nothing.
    static let patience = Duration.seconds(1)
    /// The line is not written more often than this, however often it is told.
    static let pace = Duration.milliseconds(100)

    private struct State {
        var nextAt: ContinuousTime
        /// How many columns of the terminal hold our line.
        var shown = 0
        var hasEnded = false
    }

    private let console: any Console
    private let clocks: Clocks
    private let state: Mutex<State>

    /// A line that is not shown yet.
    ///
    /// - Parameter patience: how long to show nothing.
    init(console: any Console, clocks: Clocks, patience: Duration = Progress.patience) {
        self.console = console
        self.clocks = clocks
        state = Mutex(State(nextAt: clocks.now.continuous + patience))
    }

    /// Says how far it has come. May be called from any thread, as often as one likes.
    func tell(_ text: @autoclosure () -> String) {
        guard let columns = console.columns else { return }
        let now = clocks.now.continuous
        state.withLock { state in
            guard !state.hasEnded, now >= state.nextAt else { return }
            state.nextAt = now + Self.pace
            // The last column stays free: a line that fills it moves the cursor on.
            let line = String(TextLayout.printable(text()).prefix(max(0, columns - 1)))
            write("\r" + TextLayout.padded(line, to: state.shown))
            state.shown = line.count
        }
    }

    /// Erases the line. Nothing is shown after it.
    func end() {
        state.withLock { state in
            state.hasEnded = true
            if state.shown > 0 { write("\r" + String(repeating: " ", count: state.shown) + "\r") }
            state.shown = 0
        }
    }

    /// When the line cannot be written, nobody misses it: what it is about goes on.
    private func write(_ text: String) { try? console.write(text, to: .error) }
}

extension Invocation {
    /// Does something that may take long and tells by itself how far it has come.
    func withProgress<Result>(
        patience: Duration = Progress.patience, _ body: (Progress) async throws(CommandFailure) -> Result
    ) async throws(CommandFailure) -> Result {
        let progress = Progress(console: tool.console, clocks: tool.clocks, patience: patience)
        defer { progress.end() }
        return try await body(progress)
    }

    /// Does something that may take long and says nothing of itself: the line counts the seconds, from the moment that the password was
    /// read, so that it never stands in the way of a prompt.
    ///
    /// - Parameters:
    ///   - name: what is under way: `starting the daemon`.
    ///   - password: what the work unlocks things with.
    ///   - body: the work; it is given the password to use.
    func counting<Result>(
        _ name: String, after password: any PasswordSource, _ body: (any PasswordSource) async throws(CommandFailure) -> Result
    ) async throws(CommandFailure) -> Result {
        guard tool.console.columns != nil else { return try await body(password) }
        return try await withProgress { progress throws(CommandFailure) in
            let counter = SecondCounter(name: name, progress: progress, tool: tool)
            defer { counter.stop() }
            return try await body(NoticedPassword(source: password) { counter.start() })
        }
    }
}

/// Tells a progress line each second how many have passed.
private final class SecondCounter: Sendable {
    private let name: String
    private let progress: Progress
    private let tool: CommandLineTool
    private let task = Mutex<Task<Void, Never>?>(nil)

    init(name: String, progress: Progress, tool: CommandLineTool) {
        self.name = name
        self.progress = progress
        self.tool = tool
    }

    /// Begins to count; does nothing the second time.
    func start() {
        task.withLock { task in
            guard task == nil else { return }
            let begun = tool.clocks.now.continuous
            task = Task.detached { [name, progress, tool] in
                while !Task.isCancelled {
                    await tool.pause(.milliseconds(500))
                    progress.tell("\(name): \(SpanWords.words(.seconds((tool.clocks.now.continuous - begun).components.seconds)))")
                }
            }
        }
    }

    func stop() { task.withLock { $0?.cancel() } }
}

/// A password that says when it has been read.
private struct NoticedPassword: PasswordSource {
    let source: any PasswordSource
    let noticed: @Sendable () -> Void

    func withPassword<Result>(_ body: (RawSpan) throws -> Result) throws -> Result {
        try source.withPassword { bytes in
            noticed()
            return try body(bytes)
        }
    }

    var warning: String? { source.warning }
    func letGo() { source.letGo() }
}
