import WaiaasTransport

extension BenchSubject {
    /// User tokens: verified beside nginx, issued beside the bare signature of each algorithm.
    static let userTokens = BenchSubject(rows: ["13", "14"], what: "user tokens") { plan throws(ToolError) in
        var figures: [Figure] = []
        for (letter, algorithm, primitive) in [("a", "RS256", "rsa2048"), ("b", "ES256", "ecdsap256"), ("c", "EdDSA", "ed25519")] {
            let ours = try WaiaasServer(
                on: try await DataFolder(binary: plan.binary),
                [
                    "WAIAAS_AUTH_ALGORITHM": algorithm, "WAIAAS_AUTH_SIGN_INS_PER_USER": "0", "WAIAAS_AUTH_SIGN_INS_PER_ADDRESS": "0",
                ])
            defer { ours.stop() }
            if plan.wants("13") { figures += try await verification(letter, algorithm, by: ours, plan) }
            if plan.wants("14") { figures.append(try await issuing(letter, algorithm, beside: primitive, by: ours, plan)) }
        }
        return figures.sorted { $0.row < $1.row }
    }

    private static func verification(
        _ letter: String, _ algorithm: String, by ours: WaiaasServer, _ plan: BenchPlan
    ) async throws(ToolError) -> [Figure] {
        try await ours.addUser()
        let url = "\(ours.address)/api/auth/me"
        let script = WrkScript(headers: ["Authorization": "Bearer \(try await ours.signIn().access)"])
        let nginx = try await NginxServer(answering: try await Probe.send("GET", url, headers: script.headers))
        var (mine, others, microseconds): ([Load], [Load], [Double]) = ([], [], [])
        for _ in 0..<plan.runs {
            let before = try ours.use.processorSeconds()
            let load = try await Load.run(script, on: url, seconds: plan.seconds)
            microseconds.append((try ours.use.processorSeconds() - before) * 1_000_000 / load.requests)
            mine.append(load)
            others.append(try await Load.run(script, on: nginx.address, seconds: plan.seconds))
        }
        let failed = mine.reduce(0) { $0 + $1.refusals + $1.failures }
        return [
            Figure(
                "13\(letter)", "verify a user token, \(algorithm)", unit: "/s", ours: mine.map(\.rate),
                other: ("nginx return 200", others.map(\.rate)),
                note: "\(FigureTable.number(Statistics(microseconds)?.median ?? 0)) µs of processor time for one"
                    + (failed == 0 ? "" : "; \(failed) verifications failed"))
        ]
    }

    private static func issuing(
        _ letter: String, _ algorithm: String, beside primitive: String, by ours: WaiaasServer, _ plan: BenchPlan
    ) async throws(ToolError) -> Figure {
        let script = try await ours.clientCredentials()
        var (loads, bare): ([Load], [Double]) = ([], [])
        for _ in 0..<plan.runs {
            loads.append(try await Load.run(script, on: "\(ours.address)/oauth2/token", seconds: plan.seconds))
            bare.append(try await signatures(of: primitive, seconds: plan.seconds))
        }
        let failed = loads.reduce(0) { $0 + $1.refusals + $1.failures }
        return Figure(
            "14\(letter)", "issue a user token over HTTP, \(algorithm)", unit: "/s", ours: loads.map(\.rate),
            other: ("openssl speed \(primitive), one thread", bare), note: failed == 0 ? "" : "\(failed) requests failed")
    }

    /// Bare signatures a second: the last line of `openssl speed` ends with those a second, and verifications a second.
    private static func signatures(of primitive: String, seconds: Int) async throws(ToolError) -> Double {
        let output = try await Program.output("openssl", ["speed", "-seconds", "\(seconds)", primitive])
        guard let rate = output.split(whereSeparator: \.isWhitespace).suffix(2).first.flatMap({ Double($0) }) else {
            throw .program("openssl", reason: "speed ends with no rate: \(output.suffix(80))")
        }
        return rate
    }
}
