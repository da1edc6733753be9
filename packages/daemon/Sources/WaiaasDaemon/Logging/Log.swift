import WaiaasCore

/// Writes one line an event: time, level, what happened, and named facts.
///
/// Only strings that were made for it go in; no type that holds a secret can be formatted into one (their descriptions are redacted).
struct Log: Sendable {
    private let threshold: @Sendable () -> LogLevel
    private let clocks: Clocks
    private let write: @Sendable ([UInt8]) -> Void

    /// A log.
    ///
    /// - Parameters:
    ///   - threshold: the least important level that is written; asked for each line, since a reload may change it.
    ///   - write: takes one whole line.
    init(threshold: @autoclosure @escaping @Sendable () -> LogLevel, clocks: Clocks, write: @escaping @Sendable ([UInt8]) -> Void) {
        self.threshold = threshold
        self.clocks = clocks
        self.write = write
    }

    /// Whether lines of this level are written: asked before facts are gathered on hot paths.
    func isEnabled(_ level: LogLevel) -> Bool { level >= threshold() }

    /// Something for who looks for a fault.
    func debug(_ event: String, _ facts: KeyValuePairs<String, String> = [:]) { line(.debug, event, facts) }

    /// Something an operator may want to know.
    func info(_ event: String, _ facts: KeyValuePairs<String, String> = [:]) { line(.info, event, facts) }

    /// Something an operator should look at.
    func warn(_ event: String, _ facts: KeyValuePairs<String, String> = [:]) { line(.warn, event, facts) }

    /// Something that failed.
    func error(_ event: String, _ facts: KeyValuePairs<String, String> = [:]) { line(.error, event, facts) }

    private func line(_ level: LogLevel, _ event: String, _ facts: KeyValuePairs<String, String>) {
        guard isEnabled(level) else { return }
        var text = "\(clocks.now.wall.iso8601) \(level.rawValue.uppercased()) \(event)"
        for (name, value) in facts { text += " \(name)=\(Self.quoted(value))" }
        write(Array(text.utf8) + [UInt8(ascii: "\n")])
    }

    /// A value on one line: whoever chooses it cannot make a line of its own.
    private static func quoted(_ value: String) -> String {
        let isPlain =
            !value.isEmpty && value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "=") }
        guard !isPlain else { return value }
        var writer = JSONWriter()
        writer.string(value)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
