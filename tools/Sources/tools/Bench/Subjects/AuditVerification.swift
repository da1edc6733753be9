extension BenchSubject {
    /// Checking an audit log of a million records: of a stopped daemon with everything there is to check, and of a running one.
    static let auditVerification = BenchSubject(rows: ["12"], what: "audit verify") { plan throws(ToolError) in
        let folder = try await Population.copy(of: 1_000_000, plan)
        var seconds = (offline: [Double](), processor: [Double](), online: [Double]())
        for _ in 0..<plan.runs {
            let before = ProcessUse.processorSecondsOfEndedChildren()
            seconds.offline.append(try await verify(folder))
            seconds.processor.append(ProcessUse.processorSecondsOfEndedChildren() - before)
        }
        let server = try WaiaasServer(on: folder)
        defer { server.stop() }
        for _ in 0..<plan.runs { seconds.online.append(try await verify(folder)) }
        return [
            Figure(
                "12a", "audit verify, 1,000,000 records, daemon stopped", unit: "s", ours: seconds.offline, target: .atMost(10, aim: 2),
                note: "with the MAC of every record, and with the password hash before it"),
            Figure("12b", "its processor time", unit: "s", ours: seconds.processor),
            Figure(
                "12c", "the same, through a running daemon", unit: "s", ours: seconds.online, target: .atMost(10, aim: 2),
                note: "500 records a page, read and checked by the command line"),
        ]
    }

    private static func verify(_ folder: DataFolder) async throws(ToolError) -> Double {
        let clock = ContinuousClock()
        let began = clock.now
        _ = try await folder.command("audit", "verify")
        return (clock.now - began) / .seconds(1)
    }
}
