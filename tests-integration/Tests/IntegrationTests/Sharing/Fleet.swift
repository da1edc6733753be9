import Testing

/// Daemons that share one truth, each with a data directory of its own in one world.
struct Fleet: Sendable {
    let redis: RedisProcess
    let worlds: [World]
    let daemons: [DaemonProcess]

    /// One issuer for all, and room for every session of a story.
    private static let settings = [
        "WAIAAS_AUTH_ISSUER": "https://auth.example.org", "WAIAAS_SECURITY_MAX_SESSIONS_PER_AGENT": "1000",
    ]

    /// Makes the directories one after the other, so that the first founds, and starts a daemon on each.
    ///
    /// - Parameters:
    ///   - redis: where they meet; a server of their own if nil.
    ///   - address: where the daemon of that number finds it; the server itself if nil.
    ///   - environment: what is set of them besides.
    static func start(
        _ count: Int, in world: World, meeting redis: RedisProcess? = nil, at address: (Int) -> String? = { _ in nil },
        environment: [String: String] = [:], clock: MovingClock? = nil
    ) async throws -> Fleet {
        let server: RedisProcess = if let redis { redis } else { try await RedisProcess.start(in: world) }
        let worlds = (0..<count).map { World(world, dataDirectory: world.path("data-\($0)")) }
        var daemons: [DaemonProcess] = []
        for (number, world) in worlds.enumerated() {
            try await world.waiaas("init --join \(address(number) ?? server.url)").succeeded()
            daemons.append(try await world.start(environment: settings.merging(environment) { $1 }, clock: clock))
        }
        return Fleet(redis: server, worlds: worlds, daemons: daemons)
    }

    /// Waits until every daemon says the same of a token.
    func agree(_ verdict: String, on token: String) async throws {
        for daemon in daemons {
            try await eventually("\(verdict) at \(daemon.port)") { try await daemon.verdict(on: token) == verdict }
        }
    }
}
