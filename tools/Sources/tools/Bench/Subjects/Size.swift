extension BenchSubject {
    private static let settling = Duration.seconds(2)

    /// Resident memory and the time of a start: empty, and with ten thousand to a million sessions.
    static let size = BenchSubject(rows: ["7", "8", "9"], what: "memory and start") { plan throws(ToolError) in
        let sizes = Population.sizes.filter { $0 < 1_000_000 || plan.wants("8") || plan.wants("9") }
        let empty = try await DataFolder(binary: plan.binary)
        var folders: [(size: Int, folder: DataFolder)] = []
        for size in sizes { folders.append((size, try await Population.copy(of: size, plan))) }
        var rounds: [Int: [Round]] = [:]
        for _ in 0..<plan.runs {
            // An empty daemon takes the same password hash, and nothing else that counts.
            let hash = try await startAndStop(empty)
            rounds[0, default: []].append(hash)
            for (size, folder) in folders {
                var round = try await startAndStop(folder)
                round.seconds = max(0, round.seconds - hash.seconds)
                round.processorSeconds = max(0, round.processorSeconds - hash.processorSeconds)
                rounds[size, default: []].append(round)
            }
        }
        return figures(of: rounds).filter { plan.wants(String($0.row.prefix { $0.isNumber })) }
    }

    private struct Round {
        /// From the start of the process to its ready line.
        var seconds: Double
        /// The processor time until then.
        var processorSeconds: Double
        /// What is resident a little later.
        let megabytes: Double
    }

    private static func startAndStop(_ folder: DataFolder) async throws(ToolError) -> Round {
        let server = try WaiaasServer(on: folder)
        defer { server.stop() }
        let processorSeconds = try server.use.processorSeconds()
        try? await Task.sleep(for: settling)
        return Round(seconds: server.startSeconds, processorSeconds: processorSeconds, megabytes: try server.use.residentMegabytes())
    }

    private static func figures(of rounds: [Int: [Round]]) -> [Figure] {
        func memory(_ size: Int) -> [Double] { rounds[size, default: []].map(\.megabytes) }
        func start(_ size: Int) -> [Double] { rounds[size, default: []].map(\.seconds) }
        let idle = ("idle", memory(0))
        let hash =
            Statistics(start(0)).map { "; that one took \(FigureTable.number($0.median)) s, nearly all of it the password hash" } ?? ""
        return [
            Figure("7a", "resident memory, idle", unit: "MB", ours: memory(0), target: .atMost(40, aim: 16)),
            Figure("7b", "the same, 10,000 sessions", unit: "MB", ours: memory(10_000), other: idle),
            Figure("7c", "the same, 100,000 sessions", unit: "MB", ours: memory(100_000), other: idle, target: .atMost(80, aim: 40)),
            Figure("8", "the same, 1,000,000 sessions", unit: "MB", ours: memory(1_000_000), other: idle, target: .atMost(500, aim: 250)),
            Figure("9a", "start without the password hash, 10,000 sessions", unit: "s", ours: start(10_000)),
            Figure("9b", "the same, 100,000 sessions", unit: "s", ours: start(100_000)),
            Figure(
                "9c", "the same, 1,000,000 sessions", unit: "s", ours: start(1_000_000), target: .atMost(3, aim: 1),
                note: "to the ready line, less the time of an empty daemon in the same round\(hash)"),
            Figure("9d", "its processor time", unit: "s", ours: rounds[1_000_000, default: []].map(\.processorSeconds)),
        ]
    }
}
