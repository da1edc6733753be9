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
    static func start(_ count: Int, in world: World) async throws -> Fleet {
        let redis = try await RedisProcess.start(in: world)
        let worlds = (0..<count).map { World(world, dataDirectory: world.path("data-\($0)")) }
        var daemons: [DaemonProcess] = []
        for world in worlds {
            try await world.waiaas("init --join \(redis.url)").succeeded()
            daemons.append(try await world.start(environment: settings))
        }
        return Fleet(redis: redis, worlds: worlds, daemons: daemons)
    }

    /// Waits until every daemon says the same of a token.
    func agree(_ verdict: String, on token: String) async throws {
        for daemon in daemons {
            try await eventually("\(verdict) at \(daemon.port)") { try await daemon.verdict(on: token) == verdict }
        }
    }
}
