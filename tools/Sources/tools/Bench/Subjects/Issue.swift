extension BenchSubject {
    /// Issuing a session durably, from 32 clients.
    static let issue = BenchSubject(rows: ["4"], what: "issue") { plan throws(ToolError) in
        let ours = try await WaiaasServer(binary: plan.binary)
        let openBao = try await OpenBaoServer.ifInstalled(plan)
        var runs = (ours: [Load](), bao: [Load]())
        var microseconds: [Double] = []
        for _ in 0..<plan.runs {
            let before = try ours.use.processorSeconds()
            let load = try await Load.run(ours.issue(), on: "\(ours.address)/v1/sessions", seconds: plan.seconds)
            microseconds.append((try ours.use.processorSeconds() - before) * 1_000_000 / load.requests)
            runs.ours.append(load)
            if let order = openBao?.issue() { runs.bao.append(try await Load.run(order.script, on: order.url, seconds: plan.seconds)) }
        }
        let failed = runs.ours.reduce(0) { $0 + $1.refusals + $1.failures }
        return [
            Figure(
                "4", "issue a session, durable", unit: "/s", ours: runs.ours.map(\.rate),
                other: ("OpenBao token create", runs.bao.map(\.rate)),
                target: .ratioAtLeast(6, aim: 15),
                note: (failed == 0 ? "" : "\(failed) requests failed. ")
                    + (openBao == nil ? "OpenBao is not installed: --bao FILE names it" : "")),
            Figure("4c", "processor time for one", unit: "µs", ours: microseconds),
        ]
    }
}
