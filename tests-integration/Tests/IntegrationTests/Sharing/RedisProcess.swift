import Glibc
import Testing

/// A real Redis server on a Unix socket in a world's folder, with an append-only file.
final class RedisProcess: Sendable {
    let world: World
    let process: ChildProcess

    /// Where it listens.
    let socket: String

    private init(_ process: ChildProcess, in world: World, at socket: String) {
        (self.process, self.world, self.socket) = (process, world, socket)
    }

    /// Starts a server and waits until it answers.
    ///
    /// - Parameter folder: where its data are; the same one again has them again.
    static func start(in world: World, folder: String = "redis") async throws -> RedisProcess {
        let place = world.path(folder)
        try? Files.makeFolder(place)
        let socket = world.path("redis.sock")
        let process = try world.spawn(
            "/usr/bin/redis-server",
            ["--port", "0", "--unixsocket", socket, "--dir", place, "--save", "", "--appendonly", "yes", "--appendfsync", "always"])
        let redis = RedisProcess(process, in: world, at: socket)
        try await eventually("Redis answers") { try await redis.ask("PING") == "PONG" }
        return redis
    }

    /// What `init --join` is given.
    var url: String { "unix://\(socket)" }

    /// Asks as an operator of the server would.
    @discardableResult
    func ask(_ words: String...) async throws -> String {
        let client = try world.spawn("/usr/bin/redis-cli", ["-s", socket] + words)
        _ = try await client.ended()
        return client.output.trimmingSuffix(while: \.isNewline)
    }

    /// How often the server was asked to run a command.
    func calls(of command: String) async throws -> Int {
        let line = try await ask("INFO", "commandstats").split(whereSeparator: \.isNewline).first {
            $0.hasPrefix("cmdstat_\(command):calls=")
        }
        return line.flatMap { Int($0.dropFirst("cmdstat_\(command):calls=".count).prefix { $0.isNumber }) } ?? 0
    }

    /// Ends it without any warning.
    func kill9() async throws {
        process.send(SIGKILL)
        try await process.ended()
    }
}

extension String {
    fileprivate func trimmingSuffix(while isCut: (Character) -> Bool) -> String {
        var text = self[...]
        while let last = text.last, isCut(last) { text = text.dropLast() }
        return String(text)
    }
}
