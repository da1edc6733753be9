import Foundation
import Glibc

/// A program that runs beside us. Whoever starts one ends it.
final class RunningProgram {
    private let name: String
    private let process = Process()
    private let output = Pipe()
    private let complaints: ScratchFolder.File

    /// Starts a program; its standard error is kept in a file, so that it can never block on a full pipe.
    init(_ path: String, _ arguments: [String], environment: [String: String] = [:]) throws(ToolError) {
        guard let found = Program.find(path) else { throw .program(path, reason: "is not installed") }
        name = path
        complaints = try ScratchFolder.File()
        process.executableURL = URL(fileURLWithPath: found)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = complaints.handle
        // A thread of the pool blocks signals, and a program would inherit that: `openssl speed` waits for its alarm.
        var (none, before) = (sigset_t(), sigset_t())
        unsafe sigemptyset(&none)
        unsafe pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
        do {
            try process.run()
        } catch {
            throw .program(path, reason: error.localizedDescription)
        }
    }

    /// Its process id.
    var id: Int32 { process.processIdentifier }

    var isRunning: Bool { process.isRunning }

    /// The end of what it said on standard error.
    var complaint: String { String(complaints.text.suffix(2_000)) }

    /// The first line it prints.
    func firstLine() throws(ToolError) -> String {
        var line = Data()
        while let byte = try? output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty {
            if byte == Data("\n".utf8) { return String(decoding: line, as: UTF8.self) }
            line += byte
        }
        throw .program(name, reason: "ended before it was ready: \(complaint)")
    }

    /// All it prints until it closes its output.
    func rest() -> String { String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self) }

    /// Waits for its end.
    ///
    /// - Returns: its exit code.
    func wait() -> Int32 {
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Asks it to end, and waits until it has.
    func stop() {
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
    }
}
