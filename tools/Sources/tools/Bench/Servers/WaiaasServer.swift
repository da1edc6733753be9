import Foundation

/// A daemon of ours on a data directory of its own, driven by its own command line.
final class WaiaasServer {
    private static let agent = "bench"

    private let binary: String
    private let folder: ScratchFolder
    private let options: [String]
    private let password: String
    private let daemon: RunningProgram
    /// Where it answers.
    let address: String

    /// Makes a data directory, starts the daemon and makes an agent.
    ///
    /// - Parameter sessionsPerAgent: `security.max_sessions_per_agent`.
    init(binary: String, sessionsPerAgent: Int = 1_000_000) async throws(ToolError) {
        self.binary = binary
        folder = try ScratchFolder()
        password = "\(UUID().uuidString)-\(UUID().uuidString)"
        let data = "\(folder.path)/data"
        options = ["--data-dir", data, "--password-file", try folder.write("password", password)]
        _ = try await Program.output(binary, ["init"] + options)
        try Self.raise("max_sessions_per_agent", to: sessionsPerAgent, in: "\(data)/config.toml")
        daemon = try RunningProgram(binary, ["start", "--port", "0"] + options)
        let ready = try daemon.firstLine()
        guard let address = ready.split(whereSeparator: { $0 == " " || $0 == "," }).first(where: { $0.hasPrefix("http://") }) else {
            daemon.stop()
            throw .program(binary, reason: "the ready line names no address: \(ready)")
        }
        self.address = String(address)
        _ = try await command("agent", "create", "--name", Self.agent)
    }

    deinit { daemon.stop() }

    /// What the system counts of the daemon.
    var use: ProcessUse { ProcessUse(id: daemon.id) }

    /// Runs a command as the operator.
    func command(_ words: String...) async throws(ToolError) -> String {
        try await Program.output(binary, words + options)
    }

    /// A request that verifies a token.
    func verification() async throws(ToolError) -> WrkScript {
        let token = try await command("session", "create", "--agent", Self.agent, "--expires-in", "86400", "--output", "token")
        return WrkScript(headers: ["Authorization": "Bearer " + token.filter { !$0.isNewline }])
    }

    /// A request that issues a session.
    var issue: WrkScript {
        WrkScript(
            method: "POST", headers: ["X-Master-Password": password, "Content-Type": "application/json"],
            body: #"{"agentName":"\#(Self.agent)","expiresIn":86400}"#)
    }

    /// The template of `init` names each setting in a comment.
    private static func raise(_ key: String, to value: Int, in file: String) throws(ToolError) {
        guard let contents = FileManager.default.contents(atPath: file) else { throw .file(path: file, reason: "cannot be read") }
        let lines = String(decoding: contents, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        let raised = lines.map { $0.hasPrefix("# \(key) = ") ? "\(key) = \(value)" : String($0) }
        guard raised.contains("\(key) = \(value)") else { throw .file(path: file, reason: "names no setting \(key)") }
        do {
            try Data(raised.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: file))
        } catch {
            throw .file(path: file, reason: error.localizedDescription)
        }
    }
}
