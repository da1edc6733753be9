import WaiaasTransport

extension BenchSubject {
    /// Verifying a token over HTTP: beside nginx and OpenBao, and what it costs the processor.
    static let verification = BenchSubject(rows: ["1", "2", "3"], what: "verification") { plan throws(ToolError) in
        let ours = try await WaiaasServer(binary: plan.binary)
        let script = try await ours.verification()
        let url = "\(ours.address)/v1/sessions/self"
        let answer = try await Probe.send("GET", url, headers: script.headers)
        let nginx = try await NginxServer(answering: answer)
        let openBao = try await OpenBaoServer.ifInstalled(plan)
        let lookUp = try await openBao?.lookUp()
        _ = try await Load.run(script, on: url, seconds: 1)

        var runs = (ours: [Load](), nginx: [Load](), bao: [Load]())
        var microseconds = (ours: [Double](), nginx: [Double]())
        for _ in 0..<plan.runs {
            var before = try ours.use.processorSeconds()
            var load = try await Load.run(script, on: url, seconds: plan.seconds)
            microseconds.ours.append((try ours.use.processorSeconds() - before) * 1_000_000 / load.requests)
            runs.ours.append(load)
            before = try nginx.processorSeconds()
            load = try await Load.run(script, on: nginx.address, seconds: plan.seconds)
            microseconds.nginx.append((try nginx.processorSeconds() - before) * 1_000_000 / load.requests)
            runs.nginx.append(load)
            if let lookUp { runs.bao.append(try await Load.run(lookUp.script, on: lookUp.url, seconds: plan.seconds)) }
        }
        let failed = runs.ours.reduce(0) { $0 + $1.refusals + $1.failures }
        return [
            Figure(
                "1", "verify a session token", unit: "/s", ours: runs.ours.map(\.rate),
                other: ("nginx return \(answer.status)", runs.nginx.map(\.rate)), target: .ratioAtLeast(0.4, aim: 0.8),
                note: failed == 0 ? "" : "\(failed) verifications failed"),
            Figure(
                "2", "the same", unit: "/s", ours: runs.ours.map(\.rate), other: ("OpenBao lookup-self", runs.bao.map(\.rate)),
                target: .ratioAtLeast(10, aim: 25), note: openBao == nil ? "OpenBao is not installed: --bao FILE names it" : ""),
            Figure(
                "3", "processor time for one", unit: "µs", ours: microseconds.ours, other: ("nginx", microseconds.nginx),
                target: .atMost(15, aim: 8)),
            Figure(
                "3b", "the same against nginx, whose floor was 8 µs where 15 were set", unit: "µs", ours: microseconds.ours,
                other: ("nginx", microseconds.nginx), target: .ratioAtMost(15.0 / 8, aim: 1)),
        ]
    }
}
