import Foundation

/// A program that is not ours, run to look at what we print.
enum OutsideProgram {
    /// Runs it to its end.
    ///
    /// - Parameters:
    ///   - input: what stands on its standard input.
    ///   - file: the text of a file that is its last argument.
    /// - Returns: what it printed on both outputs, and its exit code.
    static func run(
        _ program: String, _ arguments: [String], input: String = "", file: String? = nil
    ) throws -> (output: String, code: Int32) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "waiaas-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (given, printed) = (folder.appending(path: "given"), folder.appending(path: "printed"))
        try Data(input.utf8).write(to: given)
        try Data().write(to: printed)
        var arguments = arguments
        if let file {
            let path = folder.appending(path: "file")
            try Data(file.utf8).write(to: path)
            arguments.append(path.path)
        }
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path, "LANG": "C.UTF-8", "TERM": "dumb"]
        process.standardInput = try FileHandle(forReadingFrom: given)
        let output = try FileHandle(forWritingTo: printed)
        process.standardOutput = output
        process.standardError = output
        try process.run()
        process.waitUntilExit()
        return (String(decoding: try Data(contentsOf: printed), as: UTF8.self), process.terminationStatus)
    }
}
