import Foundation

/// A data directory of ours with its password, in a folder that goes when the value's owner lets it go.
final class DataFolder {
    /// The agent that holds the many sessions.
    static let agent = "bench"

    private let binary: String
    private let folder: ScratchFolder
    /// The master password.
    let password: String

    /// Makes a data directory.
    init(binary: String) async throws(ToolError) {
        self.binary = binary
        folder = try ScratchFolder()
        password = Self.freshPassword
        _ = try folder.write("password", password)
        _ = try await command("init")
    }

    /// Makes a data directory that shares its state over Redis; the first to come founds it, and the others have its password.
    init(binary: String, joining redis: RedisServer, password: String? = nil) async throws(ToolError) {
        self.binary = binary
        folder = try ScratchFolder()
        self.password = password ?? Self.freshPassword
        _ = try folder.write("password", self.password)
        _ = try await command("init", "--join", redis.url)
    }

    private static var freshPassword: String { "\(UUID().uuidString)-\(UUID().uuidString)" }

    /// A copy of a data directory that was kept.
    init(binary: String, copying kept: String) async throws(ToolError) {
        self.binary = binary
        folder = try ScratchFolder()
        _ = try await Program.output("cp", ["-a", "\(kept)/.", folder.path])
        password = try Self.text(of: "\(folder.path)/password")
    }

    private var data: String { "\(folder.path)/data" }

    /// Where the data directory and its password are.
    var options: [String] { ["--data-dir", data, "--password-file", "\(folder.path)/password"] }

    /// Runs a command as the operator.
    func command(_ words: String...) async throws(ToolError) -> String { try await Program.output(binary, words + options) }

    /// Starts a program of ours on it.
    ///
    /// - Parameter settings: environment variables that set something.
    func start(_ settings: [String: String] = [:]) throws(ToolError) -> RunningProgram {
        try RunningProgram(binary, ["start", "--port", "0"] + options, environment: settings)
    }

    /// Sets `security.max_sessions_per_agent`; the template of `init` names each setting in a comment.
    func limitSessionsPerAgent(to value: Int) throws(ToolError) {
        let file = "\(data)/config.toml"
        let line = "max_sessions_per_agent = \(value)"
        let lines = try Self.text(of: file).split(separator: "\n", omittingEmptySubsequences: false).map { old in
            old.hasPrefix("# max_sessions_per_agent = ") || old.hasPrefix("max_sessions_per_agent = ") ? line : String(old)
        }
        guard lines.contains(line) else { throw .file(path: file, reason: "names no setting max_sessions_per_agent") }
        do {
            try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: file))
        } catch {
            throw .file(path: file, reason: error.localizedDescription)
        }
    }

    /// The number of the database's schema: four bytes at offset 60 of an SQLite file hold `user_version`.
    var schemaNumber: Int {
        get throws(ToolError) {
            let file = "\(data)/waiaas.db"
            guard let handle = FileHandle(forReadingAtPath: file), let head = try? handle.read(upToCount: 64), head.count == 64 else {
                throw .file(path: file, reason: "is no database")
            }
            return head[60...].reduce(0) { $0 << 8 | Int($1) }
        }
    }

    /// Keeps a copy; no daemon may run. It appears under its name when it is whole.
    func keep(at path: String) async throws(ToolError) {
        let partial = "\(path).partial"
        _ = try await Program.output("rm", ["-rf", partial, path])
        _ = try await Program.output("mkdir", ["-p", "-m", "700", partial])
        _ = try await Program.output("cp", ["-a", "\(folder.path)/.", partial])
        _ = try await Program.output("mv", [partial, path])
    }

    private static func text(of file: String) throws(ToolError) -> String {
        guard let contents = FileManager.default.contents(atPath: file) else { throw .file(path: file, reason: "cannot be read") }
        return String(decoding: contents, as: UTF8.self)
    }
}
