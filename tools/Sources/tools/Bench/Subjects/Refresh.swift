extension BenchSubject {
    /// Exchanging refresh tokens durably, from 32 clients.
    static let refresh = BenchSubject(rows: ["5"], what: "refresh") { plan throws(ToolError) in
        var figures: [Figure] = []
        for (row, algorithm) in [("5", "EdDSA"), ("5b", "ES256"), ("5c", "RS256")] {
            let folder = try await DataFolder(binary: plan.binary)
            // The limits are for guessers; here one address asks for everybody.
            let ours = try WaiaasServer(
                on: folder,
                [
                    "WAIAAS_AUTH_ALGORITHM": algorithm, "WAIAAS_AUTH_REFRESH_PER_FAMILY": "0", "WAIAAS_AUTH_REFRESH_PER_ADDRESS": "0",
                    "WAIAAS_AUTH_SIGN_INS_PER_USER": "0", "WAIAAS_AUTH_SIGN_INS_PER_ADDRESS": "0",
                ])
            defer { ours.stop() }
            try await ours.addUser()
            let scratch = try ScratchFolder()
            var (loads, microseconds): ([Load], [Double]) = ([], [])
            for _ in 0..<plan.runs {
                let script = try await ours.refreshing(in: scratch)
                let before = try ours.use.processorSeconds()
                let load = try await Load.run(script, on: "\(ours.address)/oauth2/token", seconds: plan.seconds)
                microseconds.append((try ours.use.processorSeconds() - before) * 1_000_000 / load.requests)
                loads.append(load)
            }
            let failed = loads.reduce(0) { $0 + $1.refusals + $1.failures }
            figures.append(
                Figure(
                    row, "exchange a refresh token, durable, \(algorithm)", unit: "/s", ours: loads.map(\.rate),
                    target: algorithm == "EdDSA" ? .atLeast(6_000, aim: 20_000) : nil,
                    note: "\(FigureTable.number(Statistics(microseconds)?.median ?? 0)) µs of processor time for one"
                        + (failed == 0 ? "" : "; \(failed) exchanges failed")))
        }
        return figures
    }
}
