import StreamCrowd

extension BenchSubject {
    private static let viewers = 1_000
    private static let updatesPerSecond = 100

    /// An update of a picture on its way to the last of a thousand viewers.
    static let streams = BenchSubject(rows: ["11"], what: "streams") { plan throws(ToolError) in
        let server = try await WaiaasServer(binary: plan.binary)
        let picture = BenchPicture(address: server.address)
        try await picture.make()
        let quiet = try server.use.residentMegabytes()
        let crowd = try await picture.crowd(of: viewers)
        let watched = try server.use.residentMegabytes()
        var (percentiles, processorTimes): ([Double], [Double]) = ([], [])
        for _ in 0..<plan.runs {
            let before = try server.use.processorSeconds()
            let delays = try await picture.show(plan.seconds * updatesPerSecond, perSecond: updatesPerSecond, to: crowd)
            processorTimes.append((try server.use.processorSeconds() - before) * 1_000_000 / Double(delays.count * viewers))
            percentiles.append(delays[delays.count * 99 / 100])
        }
        guard crowd.ended == 0 else { throw .program("waiaas", reason: "\(crowd.ended) streams ended by themselves") }
        return [
            Figure(
                "11a", "a frame to the last of 1,000 viewers, p99", unit: "ms", ours: percentiles, target: .atMost(200, aim: 30),
                note: "from before the update is sent, commit and drawing counted; \(updatesPerSecond) updates a second"),
            Figure("11b", "processor time for an update and viewer", unit: "µs", ours: processorTimes),
            Figure(
                "11c", "memory of a viewer", unit: "kB", ours: [max(0, watched - quiet) * 1_024 / Double(viewers)],
                note: "resident, beside a frame that all share"),
        ]
    }
}
