extension BenchSubject {
    private static let sessions = 100_000

    /// Resident memory: idle, and with many sessions.
    static let memory = BenchSubject(rows: ["7"], what: "memory") { plan throws(ToolError) in
        // The agent's limit refuses what comes after exactly so many.
        let ours = try await WaiaasServer(binary: plan.binary, sessionsPerAgent: sessions)
        try? await Task.sleep(for: .seconds(2))
        let idle = try ours.use.residentMegabytes()
        var refusals = 0
        while refusals == 0 {
            let load = try await Load.run(ours.issue, on: "\(ours.address)/v1/sessions", seconds: 1)
            guard load.failures == 0 else { throw .program("bench", reason: "\(load.failures) requests had no answer") }
            refusals = load.refusals
        }
        try? await Task.sleep(for: .seconds(2))
        return [
            Figure("7a", "resident memory, idle", unit: "MB", ours: [idle], target: .atMost(40)),
            Figure(
                "7b", "resident memory, \(sessions) sessions", unit: "MB", ours: [try ours.use.residentMegabytes()], target: .atMost(80)),
        ]
    }
}
