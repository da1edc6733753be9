/// Where a command prints, and what it may ask.
public protocol Console: Sendable {
    /// Prints a text as it stands, whole.
    func write(_ text: String, to stream: ConsoleStream) throws(ConsoleFault)
    /// Whether somebody can be asked: standard input and standard error are a terminal.
    var canAsk: Bool { get }
    /// How wide the terminal behind standard error is; nil when that is none.
    var columns: Int? { get }
    /// Asks at the terminal and returns the line typed, without its end; nil when the input has ended.
    func ask(_ question: String) throws(ConsoleFault) -> String?
    /// Reads all of a source.
    ///
    /// - Parameters:
    ///   - source: what to read.
    ///   - limit: the most bytes to take.
    func read(_ source: ConsoleSource, limit: Int) throws(ConsoleFault) -> [UInt8]
}

/// The two streams of a program.
public enum ConsoleStream: Sendable {
    /// Results.
    case output
    /// Everything else.
    case error
}

/// Something a command reads.
public enum ConsoleSource: Hashable, Sendable {
    /// Standard input, unless it is a terminal.
    case input
    /// A file.
    case file(path: String)
}

/// Why reading or printing failed.
public enum ConsoleFault: Error, Hashable, Sendable {
    /// Nobody reads what is printed any more: end without a word.
    case closed
    /// It cannot be printed.
    case unwritable(reason: String)
    /// It cannot be read.
    case unreadable(ConsoleSource, reason: String)
    /// It is longer than the limit, in bytes.
    case tooLong(ConsoleSource, limit: Int)
    /// Standard input is a terminal, where a secret would show.
    case inputIsTerminal
}

extension ConsoleSource: CustomStringConvertible {
    /// The source as the end of a sentence.
    public var description: String {
        switch self {
        case .input: "standard input"
        case .file(let path): path
        }
    }
}
