import Foundation

/// A Redis server that keeps what it is given, on a Unix socket in a folder that goes with it.
final class RedisServer {
    private let folder: ScratchFolder
    private let server: RunningProgram

    /// Starts a server and waits until it answers.
    ///
    /// - Throws: `program` where redis-server is not installed.
    init() async throws(ToolError) {
        folder = try ScratchFolder()
        server = try RunningProgram(
            "redis-server",
            ["--port", "0", "--unixsocket", "\(folder.path)/redis.sock", "--dir", folder.path, "--save", "", "--appendonly", "yes"])
        let clock = ContinuousClock()
        let end = clock.now + Probe.patience
        while (try? await ask("PING")) != "PONG\n" {
            guard clock.now < end, server.isRunning else { throw .program("redis-server", reason: "does not answer: \(server.complaint)") }
            try? await Task.sleep(for: .milliseconds(20))
        }
    }

    deinit { server.stop() }

    /// What `init --join` is given.
    var url: String { "unix://\(folder.path)/redis.sock" }

    /// Lets nobody announce or hear anything any more; whoever listens is cut off.
    func silence() async throws(ToolError) {
        _ = try await ask("ACL", "SETUSER", "default", "resetchannels")
        _ = try await ask("CLIENT", "KILL", "TYPE", "pubsub")
    }

    private func ask(_ words: String...) async throws(ToolError) -> String {
        try await Program.output("redis-cli", ["-s", "\(folder.path)/redis.sock"] + words)
    }
}
