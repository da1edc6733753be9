import CProcess
import Glibc
public import WaiaasCore
public import WaiaasCrypto

/// Starts this program once more, as a daemon in the background, and waits until it is ready or has failed (design 2.8).
///
/// The child is spawned and not forked: it shares no memory, no lock and no descriptor with this process.
public struct BackgroundStart: Sendable {
    /// What became of the child.
    public enum Outcome: Hashable, Sendable {
        /// It answers requests.
        case ready(process: Int32, address: String)
        /// It said why not.
        case failed(ExitCode, message: String, hint: String?)
        /// It ended without a word; the code is nil if a signal ended it.
        case died(code: Int32?)
        /// It said nothing before the deadline, and was stopped.
        case timedOut
    }

    /// The program; the kernel's name for the one that runs, which an upgrade of the file does not change.
    private let program: String
    private let clocks: Clocks
    /// How long a child that was told to stop is waited for; it stops by itself after that.
    private static let stopPatience = Duration.seconds(2)

    /// A start of this very program.
    public init(clocks: Clocks = .system) {
        self.init(program: "/proc/self/exe", clocks: clocks)
    }

    init(program: String, clocks: Clocks) {
        self.program = program
        self.clocks = clocks
    }

    /// Starts the child and waits for its report. Blocks the thread.
    ///
    /// - Parameters:
    ///   - arguments: all of them, the program's name first. Paths must be absolute: the child runs in the root directory.
    ///   - password: handed over by a pipe.
    ///   - log: takes what the child prints.
    ///   - deadline: how long the child may take.
    /// - Throws: ``BackgroundStartError`` if there is no child.
    public func run(
        arguments: [String], password: SecretBytes, log: String, deadline: Duration
    ) throws(BackgroundStartError) -> Outcome {
        do throws(SystemFault) {
            let report = try Pipe.open()
            let child = try spawn(arguments, password, log: log, report: report.writing.number)
            let reading = report.keepingReading()
            return try wait(for: child, on: reading, until: clocks.now.continuous + deadline)
        } catch {
            throw BackgroundStartError(reason: error.reason)
        }
    }

    /// - Returns: the child's process id; the password's pipe is closed here, so that the child sees its end.
    private func spawn(_ arguments: [String], _ password: SecretBytes, log: String, report: Int32) throws(SystemFault) -> Int32 {
        let secret = try Pipe.open()
        // A password is shorter than a pipe is deep, so this never waits for the child.
        try password.withBytes { (bytes) throws(SystemFault) in try secret.writing.write(bytes) }
        let third = secret.reading.number
        var process: Int32 = 0
        var variables: [UnsafeMutablePointer<CChar>?] = ProcessEnvironment.entries()
        variables.append(nil)
        // Copies for the length of the call; a path or a flag is no secret.
        var texts: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        defer { for text in texts { free(text) } }
        guard texts.allSatisfy({ $0 != nil }) else { throw SystemFault(number: ENOMEM) }
        texts.append(nil)
        let failure = program.withCString { program in
            log.withCString { log in
                variables.withUnsafeBufferPointer { variables in
                    texts.withUnsafeBufferPointer { texts in
                        var request = waiaas_spawn(
                            program: program, arguments: texts.baseAddress, environment: variables.baseAddress, log: log, third: third,
                            fourth: report)
                        return waiaas_spawn_detached(&request, &process)
                    }
                }
            }
        }
        guard failure == 0 else { throw SystemFault(number: failure) }
        return process
    }

    private func wait(for child: Int32, on reading: borrowing OwnedDescriptor, until end: ContinuousTime) throws(SystemFault) -> Outcome {
        var line = [UInt8]()
        let number = reading.number
        while line.count < ParentChannel.longestReport {
            let left = end - clocks.now.continuous
            var waits = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
            let ready = left > .zero ? try retrying { poll(&waits, 1, Int32(clamping: left.wholeMilliseconds + 1)) } : 0
            guard ready > 0 else {
                if left > .zero { continue }
                return try stop(child)
            }
            var byte: UInt8 = 0
            guard try retrying({ read(number, &byte, 1) }) == 1 else { return try died(child, until: end) }
            if byte == UInt8(ascii: "\n") { break }
            line.append(byte)
        }
        let outcome = Self.outcome(String(decoding: line, as: UTF8.self), child)
        // A child that failed is about to end; waiting for it means that its lock is free when we return.
        if case .failed = outcome { _ = try self.end(of: child, by: end) }
        return outcome
    }

    /// The pipe closed without a line: the child has ended, is about to, or has gone mad.
    private func died(_ child: Int32, until end: ContinuousTime) throws(SystemFault) -> Outcome {
        guard let status = try self.end(of: child, by: end) else { return try stop(child) }
        let code = waiaas_exit_code(status)
        return .died(code: code < 0 ? nil : code)
    }

    /// Stops a child whose time is up.
    private func stop(_ child: Int32) throws(SystemFault) -> Outcome {
        // It is our own child and not yet waited for, so its number is still its own.
        kill(child, SIGTERM)
        _ = try end(of: child, by: clocks.now.continuous + Self.stopPatience)
        return .timedOut
    }

    /// Waits for a child's end; gives its wait status, or nil if it still runs at the given time.
    private func end(of child: Int32, by time: ContinuousTime) throws(SystemFault) -> Int32? {
        var status: Int32 = 0
        while try retrying({ waitpid(child, &status, WNOHANG) }) == 0 {
            guard clocks.now.continuous < time else { return nil }
            ThreadPause.sleep(.milliseconds(5))
        }
        return status
    }

    /// Reads a report.
    static func outcome(_ line: String, _ child: Int32) -> Outcome {
        let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        if words.count == 2, words[0] == "ready" { return .ready(process: child, address: String(words[1])) }
        if words.count == 3, words[0] == "failed", let code = Int32(words[1]).flatMap(ExitCode.init(rawValue:)) {
            let parts = words[2].split(separator: ParentChannel.hintMark, maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return .failed(code, message: parts[0], hint: parts.count > 1 ? parts[1] : nil)
        }
        return .failed(.failure, message: "the daemon said something that is not understood", hint: nil)
    }
}

/// Why no child could be started; the reason is the system's.
public struct BackgroundStartError: Error, Hashable, Sendable {
    /// For the user.
    public let reason: String
}
