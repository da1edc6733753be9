import WaiaasCore

/// Writes one line an event: time, level, what happened, and named facts.
///
/// What happened and the facts' names are literals; a fact is a ``LogValue``, which nothing secret can become.
struct Log: Sendable {
    private let threshold: @Sendable () -> LogLevel
    private let format: LogFormat
    private let clocks: Clocks
    private let write: @Sendable ([UInt8]) -> Void

    /// What is known of an event.
    typealias Facts = KeyValuePairs<StaticString, LogValue>

    /// A log.
    ///
    /// - Parameters:
    ///   - threshold: the least important level that is written; asked for each line, since a reload may change it.
    ///   - format: how a line is written.
    ///   - write: takes one whole line.
    init(
        threshold: @autoclosure @escaping @Sendable () -> LogLevel, format: LogFormat = .text, clocks: Clocks,
        write: @escaping @Sendable ([UInt8]) -> Void
    ) {
        self.threshold = threshold
        self.format = format
        self.clocks = clocks
        self.write = write
    }

    /// Whether lines of this level are written: asked before facts are gathered on hot paths.
    func isEnabled(_ level: LogLevel) -> Bool { level >= threshold() }

    /// Something for who looks for a fault.
    func debug(_ event: StaticString, _ facts: Facts = [:]) { line(.debug, event, facts) }

    /// Something an operator may want to know.
    func info(_ event: StaticString, _ facts: Facts = [:]) { line(.info, event, facts) }

    /// Something an operator should look at.
    func warn(_ event: StaticString, _ facts: Facts = [:]) { line(.warn, event, facts) }

    /// Something that failed.
    func error(_ event: StaticString, _ facts: Facts = [:]) { line(.error, event, facts) }

    private func line(_ level: LogLevel, _ event: StaticString, _ facts: Facts) {
        guard isEnabled(level) else { return }
        write(LogLine(time: clocks.now.wall, level: level, event: event, facts: facts).bytes(as: format))
    }
}
