extension BenchSubject {
    /// Rotating the session secret while tokens are verified as fast as they can be.
    static let rotation = BenchSubject(rows: ["6"], what: "rotation under load") { plan throws(ToolError) in
        var runs = (quiet: [Load](), rotating: [Load]())
        for _ in 0..<plan.runs {
            // A second rotation within five minutes is refused, so each run has a daemon of its own.
            let ours = try await WaiaasServer(binary: plan.binary)
            let script = try await ours.verification()
            let url = "\(ours.address)/v1/sessions/self"
            _ = try await Load.run(script, on: url, seconds: 1)
            runs.quiet.append(try await Load.run(script, on: url, seconds: plan.seconds))
            let rotating = try await Load.run(script, on: url, seconds: plan.seconds) { () throws(ToolError) in
                try? await Task.sleep(for: .seconds(plan.seconds) / 2)
                _ = try await ours.folder.command("secret", "rotate")
            }
            runs.rotating.append(rotating)
        }
        return [
            Figure(
                "6a", "verifications failed in a rotation", unit: "failures",
                ours: runs.rotating.map { Double($0.refusals + $0.failures) }, target: .atMost(0, aim: 0),
                note: "of \(Int(runs.rotating.reduce(0) { $0 + $1.requests })) verifications in \(plan.runs) rotations"),
            Figure(
                "6b", "p99 of verifications then", unit: "ms", ours: runs.rotating.map(\.p99Milliseconds),
                other: ("without", runs.quiet.map(\.p99Milliseconds)), target: .ratioAtMost(3, aim: 1.2)),
            Figure(
                "6c", "slowest verification then", unit: "ms", ours: runs.rotating.map(\.slowestMilliseconds),
                other: ("without", runs.quiet.map(\.slowestMilliseconds))),
        ]
    }
}
