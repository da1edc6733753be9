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
    /// Begins a file that appears under its name only once it is whole, for its user alone (mode 0600).
    func create(_ path: String) throws(ConsoleFault) -> any ConsoleFile
}

/// A file that is being written under another name than its own.
public protocol ConsoleFile: Sendable {
    /// Adds bytes.
    func append(_ bytes: [UInt8]) throws(ConsoleFault)
    /// Makes what was written durable and gives the file its name; an older one of that name is replaced.
    func publish() throws(ConsoleFault)
    /// Removes what was written; the name stays as it was.
    func abandon()
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
    /// An environment variable.
    case variable(name: String)
}

/// Why reading or printing failed.
public enum ConsoleFault: Error, Hashable, Sendable {
    /// Nobody reads what is printed any more: end without a word.
    case closed
    /// It cannot be printed.
    case unwritable(reason: String)
    /// It cannot be read.
    case unreadable(ConsoleSource, reason: String)
    /// A file cannot be written.
    case unwritableFile(path: String, reason: String)
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
        case .variable(let name): name
        }
    }
}
