extension BenchSubject {
    /// What the users' document asks for in absolute terms (seed 004): a token, the keys of a first start, a verification.
    static let userBounds = BenchSubject(rows: ["15"], what: "seed 004's bounds") { plan throws(ToolError) in
        var (login, keys, p99): ([Double], [Double], [Double]) = ([], [], [])
        let clock = ContinuousClock()
        for _ in 0..<plan.runs {
            let folder = try await DataFolder(binary: plan.binary)
            var began = clock.now
            let ours = try WaiaasServer(on: folder)
            defer { ours.stop() }
            _ = try await Probe.send("GET", "\(ours.address)/.well-known/jwks.json")
            keys.append((clock.now - began) / .milliseconds(1))
            try await ours.addUser()
            began = clock.now
            let tokens = try await ours.signIn()
            login.append((clock.now - began) / .milliseconds(1))
            let script = WrkScript(headers: ["Authorization": "Bearer \(tokens.access)"])
            p99.append(try await Load.run(script, on: "\(ours.address)/api/auth/me", seconds: plan.seconds).p99Milliseconds)
        }
        return [
            Figure("15a", "a token for a password", unit: "ms", ours: login, target: .atMost(1_000, aim: 100)),
            Figure(
                "15b", "keys ready after the first start", unit: "ms", ours: keys, target: .atMost(5_000, aim: 1_000),
                note: "from the start of the process, with the password hash and the making of an RSA key"),
            Figure("15c", "verification at p99, 32 clients at full speed", unit: "ms", ours: p99, target: .atMost(50, aim: 10)),
        ]
    }
}
