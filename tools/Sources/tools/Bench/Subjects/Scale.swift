import Foundation
import WaiaasTransport

/// What one operation costs among many sessions, and among few.
extension BenchSubject {
    private static let operations = 10_000
    private static let agent = "scale"
    private static let (few, many) = (10_000, 1_000_000)

    static let scale = BenchSubject(rows: ["10"], what: "cost at a million sessions") { plan throws(ToolError) in
        var costs: [Int: [Cost]] = [:]
        for run in 1...plan.runs {
            for size in [few, many] {
                ToolError.tell("  run \(run) of \(plan.runs), \(size) sessions")
                // A second rotation within five minutes is refused, so each run has a data directory of its own.
                costs[size, default: []].append(try await cost(among: try await Population.copy(of: size, plan)))
            }
        }
        let rows: [(letter: String, what: String, unit: String, KeyPath<Cost, Double>)] = [
            ("a", "verify a token", "µs", \.verify), ("b", "issue a session", "µs", \.issue), ("c", "renew one", "µs", \.renew),
            ("d", "revoke one", "µs", \.revoke), ("e", "list a page of 100", "µs", \.page), ("f", "rotate the secret", "ms", \.rotation),
        ]
        return rows.map { letter, what, unit, value in
            Figure(
                "10\(letter)", "\(what), among 1,000,000", unit: unit, ours: costs[many, default: []].map { $0[keyPath: value] },
                other: ("among 10,000", costs[few, default: []].map { $0[keyPath: value] }), target: .ratioAtMost(3, aim: 1.2),
                note: letter == "a" ? "10a to 10e: processor time of the daemon; 10f: from the request to its answer" : "")
        }
    }

    private struct Cost {
        var verify = 0.0
        var issue = 0.0
        var renew = 0.0
        var revoke = 0.0
        var page = 0.0
        var rotation = 0.0
    }

    private static func cost(among folder: DataFolder) async throws(ToolError) -> Cost {
        try folder.limitSessionsPerAgent(to: many)
        let server = try WaiaasServer(on: folder)
        defer { server.stop() }
        try await server.createAgent(agent)
        let scratch = try ScratchFolder()
        let kept = try scratch.write("issued", "")
        let operators = WrkScript(headers: server.credentials)
        var cost = Cost()
        // The first request with the password takes its hash; it is not counted.
        _ = try await Burst.run([Burst.Call(method: "GET", path: "/v1/admin/secrets")], count: 1, operators, on: server.address)

        cost.issue = try await microseconds(of: server) { () throws(ToolError) in
            let call = Burst.Call(method: "POST", path: "/v1/sessions")
            return try await Burst.run(
                [call], count: operations + Burst.spare, server.issue(to: agent), on: server.address, keeping: kept)
        }
        let issued = try sessions(in: kept)
        cost.verify = try await microseconds(of: server) { () throws(ToolError) in
            let calls = issued.map { Burst.Call(method: "GET", path: "/v1/sessions/self", token: $0.token) }
            return try await Burst.run(calls, count: operations * 5, WrkScript(), on: server.address)
        }
        cost.page = try await microseconds(of: server) { () throws(ToolError) in
            let calls = issued.map { Burst.Call(method: "GET", path: "/v1/sessions?limit=100&cursor=\($0.id)") }
            return try await Burst.run(calls, count: operations / 10, operators, on: server.address)
        }
        cost.rotation = try await rotate(server)
        cost.renew = try await microseconds(of: server) { () throws(ToolError) in
            let calls = issued.map { Burst.Call(method: "PUT", path: "/v1/sessions/\($0.id)/renew", token: $0.token) }
            return try await Burst.run(calls, count: operations, WrkScript(), on: server.address)
        }
        cost.revoke = try await microseconds(of: server) { () throws(ToolError) in
            let calls = issued.map { Burst.Call(method: "DELETE", path: "/v1/sessions/\($0.id)") }
            return try await Burst.run(calls, count: operations, operators, on: server.address)
        }
        return cost
    }

    /// The processor time of the daemon for one request of a burst.
    private static func microseconds(
        of server: WaiaasServer, _ burst: () async throws(ToolError) -> Burst
    ) async throws(ToolError) -> Double {
        let before = try server.use.processorSeconds()
        let requests = try await burst().requests
        return (try server.use.processorSeconds() - before) * 1_000_000 / requests
    }

    /// Rotates the secret once.
    ///
    /// - Returns: how long it took, in milliseconds.
    private static func rotate(_ server: WaiaasServer) async throws(ToolError) -> Double {
        let clock = ContinuousClock()
        let began = clock.now
        let answer = try await Probe.send("POST", "\(server.address)/v1/admin/rotate-secret", headers: server.credentials)
        guard answer.status == 200 else {
            throw .program("waiaas", reason: "a rotation answers \(answer.status): \(String(decoding: answer.body, as: UTF8.self))")
        }
        return (clock.now - began) / .milliseconds(1)
    }

    private static func sessions(in file: String) throws(ToolError) -> [(id: String, token: String)] {
        guard let contents = FileManager.default.contents(atPath: file) else { throw .file(path: file, reason: "cannot be read") }
        let sessions = String(decoding: contents, as: UTF8.self).split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            return words.count == 2 ? (id: String(words[0]), token: String(words[1])) : nil
        }
        guard sessions.count >= operations + Burst.spare else {
            throw .program("wrk", reason: "\(sessions.count) sessions were issued instead of \(operations + Burst.spare)")
        }
        return sessions
    }
}
