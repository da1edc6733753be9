import Foundation

/// A program that is run to its end.
enum Program {
    /// Runs a program and takes what it prints.
    ///
    /// - Parameters:
    ///   - path: of the program; a bare name is searched for in `PATH`.
    ///   - environment: set besides ours.
    /// - Throws: `program` with the end of what it said on standard error, when its exit code is not 0.
    static func output(
        _ path: String, _ arguments: [String], environment: [String: String] = [:]
    ) async throws(ToolError) -> String {
        let program = try RunningProgram(path, arguments, environment: environment)
        let text = program.rest()
        let code = program.wait()
        guard code == 0 else { throw .program(path, reason: "exit \(code): \(program.complaint)") }
        return text
    }

    /// Where a program lies, by its name; nil if it is not installed.
    static func find(_ name: String) -> String? {
        if name.contains("/") { return FileManager.default.isExecutableFile(atPath: name) ? name : nil }
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init) + ["/usr/sbin"]
        return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
