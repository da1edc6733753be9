import CProcess
import Glibc
public import WaiaasCore
import WaiaasCrypto

/// A program of somebody else's that is run for one piece of work: something on its standard input, something from its standard output.
///
/// It gets no shell, no descriptor but those, no variable but those that are named, and its standard error goes nowhere: nobody can know
/// what it writes there. When its time is up it and everything that it has started in its session is killed.
public struct ChildProgram: Sendable {
    /// How it ended.
    public enum Ending: Hashable, Sendable {
        /// By itself, with this code.
        case exited(Int32)
        /// By a signal of somebody else's.
        case killed
        /// Its time was up.
        case timedOut
        /// It wrote more than was wanted.
        case wroteTooMuch
    }

    /// The longest time between two looks at a program that has closed its output and is not over.
    private static let pause = Duration.milliseconds(5)
    /// The program's path and its first arguments.
    private let command: [String]
    private let variables: [String]
    private let deadline: Duration
    private let clocks: Clocks

    /// A program.
    ///
    /// - Parameters:
    ///   - path: an absolute path.
    ///   - arguments: what it is called with, before the words of one run.
    ///   - variables: names of variables of this process that it gets.
    ///   - deadline: how long it may take.
    public init(path: String, arguments: [String], variables: [String], deadline: Duration, clocks: Clocks) {
        command = [path] + arguments
        self.variables = variables
        self.deadline = deadline
        self.clocks = clocks
    }

    /// Runs it. Blocks the thread.
    ///
    /// - Parameters:
    ///   - words: its last arguments.
    ///   - input: what stands on its standard input; wiping it is the caller's part.
    ///   - values: more variables, as `NAME=value`.
    ///   - limit: the most bytes that it may write.
    /// - Returns: how it ended, and what it wrote; to be wiped by the caller if it may be secret.
    /// - Throws: ``ChildProgramError`` if it cannot be started.
    public func run(
        _ words: [String], input: [UInt8] = [], values: [String] = [], limit: Int
    ) throws(ChildProgramError) -> (ending: Ending, output: [UInt8]) {
        do throws(SystemFault) {
            let inbound = try Pipe.open()
            let outbound = try Pipe.open()
            let process = try spawn(words, values, input: inbound.reading.number, output: outbound.writing.number)
            let writing = inbound.keepingWriting()
            let reading = outbound.keepingReading()
            return try converse(with: process, input, on: writing, and: reading, limit: limit)
        } catch {
            throw ChildProgramError(reason: error.reason)
        }
    }

    private func spawn(_ words: [String], _ values: [String], input: Int32, output: Int32) throws(SystemFault) -> Int32 {
        // Copies for the length of the call; what is named here is no secret. Variables are not copied: they may be.
        let texts = (command + words).map { strdup($0) }
        let copies = values.map { strdup($0) }
        defer { for text in texts + copies { free(text) } }
        guard (texts + copies).allSatisfy({ $0 != nil }) else { throw SystemFault(number: ENOMEM) }
        let environment = copies + ProcessEnvironment.entries(named: variables) + [nil]
        var process: Int32 = 0
        let failure = command[0].withCString { program in
            (texts + [nil]).withUnsafeBufferPointer { texts in
                environment.withUnsafeBufferPointer { environment in
                    var request = waiaas_child(
                        program: program, arguments: texts.baseAddress, environment: environment.baseAddress, input: input, output: output)
                    return waiaas_spawn_child(&request, &process)
                }
            }
        }
        guard failure == 0 else { throw SystemFault(number: failure) }
        return process
    }

    /// Writes and reads as the program does, until its output ends; then waits for its own end.
    private func converse(
        with process: Int32, _ input: [UInt8], on writing: consuming OwnedDescriptor, and reading: borrowing OwnedDescriptor, limit: Int
    ) throws(SystemFault) -> (ending: Ending, output: [UInt8]) {
        let end = clocks.now.continuous + deadline
        var (rest, output) = (input[...], [UInt8]())
        // Room for all of it at once: an array that grows leaves its old storage behind unwiped.
        output.reserveCapacity(limit + 1)
        var open: OwnedDescriptor? = consume writing
        var isOver = false
        if rest.isEmpty { open = nil }
        while !isOver {
            let left = end - clocks.now.continuous
            guard left > .zero else { return (try stop(process, .timedOut), output) }
            guard output.count <= limit else { return (try stop(process, .wroteTooMuch), output) }
            // poll passes over a descriptor of -1.
            let target = open?.number ?? -1
            var waits = [
                pollfd(fd: reading.number, events: Int16(POLLIN), revents: 0), pollfd(fd: target, events: Int16(POLLOUT), revents: 0),
            ]
            guard try retrying({ poll(&waits, 2, Int32(clamping: left.wholeMilliseconds + 1)) }) > 0 else { continue }
            if waits[1].revents != 0 {
                rest = rest.dropFirst(try Self.write(rest, to: target))
                if rest.isEmpty { open = nil }
            }
            if waits[0].revents != 0 { isOver = try !Self.read(from: reading.number, into: &output, atMost: limit + 1) }
        }
        open = nil
        return (try self.end(of: process, by: end), output)
    }

    /// - Returns: how many bytes are gone; all of them if the program has closed its input, which is its own affair.
    private static func write(_ rest: ArraySlice<UInt8>, to descriptor: Int32) throws(SystemFault) -> Int {
        do throws(SystemFault) {
            return try retrying { rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, min($0.count, Int(PIPE_BUF))) } }
        } catch {
            if error.number == EPIPE { return rest.count }
            throw error
        }
    }

    /// - Returns: false at the end.
    private static func read(from descriptor: Int32, into output: inout [UInt8], atMost limit: Int) throws(SystemFault) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        defer { buffer.wipe() }
        let count = try retrying { buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) } }
        output += buffer.prefix(min(count, limit - output.count))
        return count > 0
    }

    private func end(of process: Int32, by time: ContinuousTime) throws(SystemFault) -> Ending {
        var status: Int32 = 0
        while try retrying({ waitpid(process, &status, WNOHANG) }) == 0 {
            guard clocks.now.continuous < time else { return try stop(process, .timedOut) }
            ThreadPause.sleep(Self.pause)
        }
        let code = waiaas_exit_code(status)
        return code < 0 ? .killed : .exited(code)
    }

    /// Kills it with its session. It is our own child and not yet waited for, so its number is still its own.
    private func stop(_ process: Int32, _ ending: Ending) throws(SystemFault) -> Ending {
        kill(-process, SIGKILL)
        var status: Int32 = 0
        try retrying { waitpid(process, &status, 0) }
        return ending
    }
}

/// Why a program could not be started; the reason is the system's.
public struct ChildProgramError: Error, Hashable, Sendable {
    /// For the user.
    public let reason: String
}
