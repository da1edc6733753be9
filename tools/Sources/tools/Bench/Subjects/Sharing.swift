import WaiaasTransport

extension BenchSubject {
    /// Revocations in a run.
    private static let revocations = 200

    /// Two daemons that share their state over Redis, beside one that stands alone.
    static let sharing = BenchSubject(rows: ["16", "17", "18"], what: "sharing over Redis") { plan throws(ToolError) in
        let redis = try await RedisServer()
        let first = try await WaiaasServer(binary: plan.binary, founding: redis)
        let second = try await WaiaasServer(binary: plan.binary, joining: first, on: redis)
        let alone = try await WaiaasServer(binary: plan.binary)
        var figures: [Figure] = []
        if plan.wants("16") { figures += try await verification(by: first, beside: alone, plan) }
        if plan.wants("17") { figures += try await issuing(by: first, followedBy: second, beside: alone, plan) }
        if plan.wants("18") { figures += try await propagation(from: first, to: second, over: redis, plan) }
        return figures
    }

    private static func verification(
        by shared: WaiaasServer, beside alone: WaiaasServer, _ plan: BenchPlan
    ) async throws(ToolError) -> [Figure] {
        let scripts = (shared: try await shared.verification(), alone: try await alone.verification())
        var (ours, other) = (Turns(), Turns())
        for _ in 0..<plan.runs {
            try await ours.add(scripts.shared, on: "\(shared.address)/v1/sessions/self", of: shared, seconds: plan.seconds)
            try await other.add(scripts.alone, on: "\(alone.address)/v1/sessions/self", of: alone, seconds: plan.seconds)
        }
        return [
            Figure(
                "16a", "verify a session token, shared over Redis", unit: "/s", ours: ours.rates, other: ("alone on SQLite", other.rates),
                note: ours.note),
            Figure("16b", "processor time for one", unit: "µs", ours: ours.microseconds, other: ("alone", other.microseconds)),
        ]
    }

    private static func issuing(
        by shared: WaiaasServer, followedBy second: WaiaasServer, beside alone: WaiaasServer, _ plan: BenchPlan
    ) async throws(ToolError) -> [Figure] {
        var (ours, other, following) = (Turns(), Turns(), [Double]())
        for _ in 0..<plan.runs {
            let before = try second.use.processorSeconds()
            let load = try await ours.add(shared.issue(), on: "\(shared.address)/v1/sessions", of: shared, seconds: plan.seconds)
            following.append((try second.use.processorSeconds() - before) * 1_000_000 / load.requests)
            try await other.add(alone.issue(), on: "\(alone.address)/v1/sessions", of: alone, seconds: plan.seconds)
        }
        return [
            Figure(
                "17a", "issue a session, durable, shared over Redis", unit: "/s", ours: ours.rates, other: ("alone on SQLite", other.rates),
                note: ours.note),
            Figure("17b", "processor time for one", unit: "µs", ours: ours.microseconds, other: ("alone", other.microseconds)),
            Figure("17c", "the same at the daemon that follows", unit: "µs", ours: following),
        ]
    }

    private static func propagation(
        from first: WaiaasServer, to second: WaiaasServer, over redis: RedisServer, _ plan: BenchPlan
    ) async throws(ToolError) -> [Figure] {
        var announced: [[Double]] = []
        for _ in 0..<plan.runs { announced.append(try await delays(from: first, to: second)) }
        try await redis.silence()
        var silent: [[Double]] = []
        for _ in 0..<plan.runs { silent.append(try await delays(from: first, to: second)) }
        let places = [("a", "p50", revocations / 2), ("b", "p99", revocations * 99 / 100), ("c", "worst", revocations - 1)]
        return places.map { letter, name, place in
            Figure(
                "18\(letter)", "a revocation, from its answer to the first refusal by another daemon, \(name)", unit: "ms",
                ours: announced.map { $0[place] }, other: ("announcements lost", silent.map { $0[place] }))
        }
    }

    /// How long each of some revocations took to the other daemon, in milliseconds, sorted.
    private static func delays(from first: WaiaasServer, to second: WaiaasServer) async throws(ToolError) -> [Double] {
        var grants: [WaiaasServer.Grant] = []
        for _ in 0..<revocations { grants.append(try await first.grant()) }
        let clock = ContinuousClock()
        if let last = grants.last { try await wait(for: 200, of: last, at: second, until: clock.now + Probe.patience) }
        var delays: [Double] = []
        for grant in grants {
            try await first.revoke(grant)
            let answered = clock.now
            try await wait(for: 401, of: grant, at: second, until: answered + Probe.patience)
            delays.append((clock.now - answered) / .milliseconds(1))
        }
        return delays.sorted()
    }

    /// Verifies a session again and again until the answer has a status.
    private static func wait(
        for status: Int, of grant: WaiaasServer.Grant, at server: WaiaasServer, until end: ContinuousClock.Instant
    ) async throws(ToolError) {
        while true {
            let answer = try await Probe.send("GET", "\(server.address)/v1/sessions/self", headers: grant.bearer)
            if answer.status == status { return }
            guard ContinuousClock.now < end else { throw .program("waiaas", reason: "a session is not \(status) within \(Probe.patience)") }
        }
    }
}

/// Runs of one side of a row.
private struct Turns {
    private var loads: [Load] = []
    private(set) var microseconds: [Double] = []

    var rates: [Double] { loads.map(\.rate) }

    /// What a reader must know.
    var note: String {
        let failed = loads.reduce(0) { $0 + $1.refusals + $1.failures }
        return failed == 0 ? "" : "\(failed) requests failed"
    }

    @discardableResult
    mutating func add(_ script: WrkScript, on url: String, of server: WaiaasServer, seconds: Int) async throws(ToolError) -> Load {
        let before = try server.use.processorSeconds()
        let load = try await Load.run(script, on: url, seconds: seconds)
        microseconds.append((try server.use.processorSeconds() - before) * 1_000_000 / load.requests)
        loads.append(load)
        return load
    }
}
