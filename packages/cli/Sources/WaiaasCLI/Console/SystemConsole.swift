import Glibc

/// The console of this process: file descriptors 0, 1 and 2, unbuffered, so that nothing is lost at the end.
public struct SystemConsole: Console {
    /// The console. From now on a closed pipe is an error of the write and no longer ends the process.
    public init() {
        _ = signal(SIGPIPE, SIG_IGN)
    }

    /// Sees to it that descriptors 0, 1 and 2 are taken; to be called first of all.
    ///
    /// Where a caller has closed one of them, the next file opened would get its number, and what is meant for a person would be written
    /// into that file. What is opened here instead can only be read, so that writing fails and is not mistaken for done.
    public static func reserveDescriptors() {
        while true {
            let descriptor = unsafe open("/dev/null", O_RDONLY)
            guard descriptor <= STDERR_FILENO else {
                close(descriptor)
                return
            }
            if descriptor < 0 { return }
        }
    }

    /// Writes all bytes, in as many pieces as it takes.
    public func write(_ text: String, to stream: ConsoleStream) throws(ConsoleFault) {
        let bytes = Array(text.utf8)
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes[written...].withUnsafeBytes { rest in
                unsafe Glibc.write(stream == .output ? STDOUT_FILENO : STDERR_FILENO, rest.baseAddress, rest.count)
            }
            if count >= 0 {
                written += count
            } else if errno == EPIPE {
                throw .closed
            } else if errno != EINTR {
                throw .unwritable(reason: Self.lastReason)
            }
        }
    }

    /// Whether standard input and standard error are terminals.
    public var canAsk: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

    /// The width of the terminal behind standard error; one that does not know its own counts as 80 columns wide.
    public var columns: Int? {
        guard isatty(STDERR_FILENO) == 1 else { return nil }
        var size = winsize()
        let knows = unsafe withUnsafeMutablePointer(to: &size) { unsafe ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), $0) == 0 }
        return knows && size.ws_col > 0 ? Int(size.ws_col) : 80
    }

    /// Begins a file beside its final name.
    public func create(_ path: String) throws(ConsoleFault) -> any ConsoleFile { try SystemFile(path) }

    /// Asks on standard error, so that a redirected result does not hide the question.
    public func ask(_ question: String) throws(ConsoleFault) -> String? {
        try write(question, to: .error)
        return readLine(strippingNewline: true)
    }

    /// Reads a file or standard input to its end.
    public func read(_ source: ConsoleSource, limit: Int) throws(ConsoleFault) -> [UInt8] {
        switch source {
        case .input:
            guard isatty(STDIN_FILENO) == 0 else { throw .inputIsTerminal }
            return try read(STDIN_FILENO, of: source, limit: limit)
        case .file(let path):
            let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
            guard descriptor >= 0 else { throw .unreadable(source, reason: Self.lastReason) }
            defer { close(descriptor) }
            return try read(descriptor, of: source, limit: limit)
        case .variable(let name): return try Self.variable(name, limit: limit)
        }
    }

    /// The bytes of an environment variable, which stay readable there as long as the process lives.
    private static func variable(_ name: String, limit: Int) throws(ConsoleFault) -> [UInt8] {
        // tidy:allow seam because this is the console, where what is outside comes in
        guard let value = unsafe getenv(name) else { throw .unreadable(.variable(name: name), reason: "it is not set") }
        let length = unsafe strlen(value)
        guard length <= limit else { throw .tooLong(.variable(name: name), limit: limit) }
        return unsafe Array(UnsafeRawBufferPointer(start: value, count: length))
    }

    private func read(_ descriptor: Int32, of source: ConsoleSource, limit: Int) throws(ConsoleFault) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = unsafe piece.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { return bytes }
            if count > 0 {
                bytes += piece.prefix(count)
                guard bytes.count <= limit else { throw .tooLong(source, limit: limit) }
            } else if errno != EINTR {
                throw .unreadable(source, reason: Self.lastReason)
            }
        }
    }

    /// What the last failed call of the system says. `strerror` gives static storage, copied at once.
    static var lastReason: String { unsafe String(cString: strerror(errno)) }
}
