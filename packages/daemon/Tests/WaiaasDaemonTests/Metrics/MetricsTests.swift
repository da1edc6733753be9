import Testing
import WaiaasAPI
import WaiaasCore
import WaiaasHTTP
import WaiaasStorageTestSupport
import WaiaasTestSupport

@testable import WaiaasDaemon

/// Every counter moves when, and only when, what it counts happens.
@Suite(.inTurns) struct MetricsTests {
    let house: House

    init() async throws {
        house = try await House()
    }

    /// What a scrape would read: samples by name and labels.
    private func scrape(_ other: House? = nil) -> [String: Double] {
        let text = String(decoding: (other ?? house).rooms.services.metrics.text(), as: UTF8.self)
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        return Dictionary(
            uniqueKeysWithValues: lines.compactMap { line in
                line.lastIndex(of: " ").map { (String(line[..<$0]), Double(line[line.index(after: $0)...]) ?? .nan) }
            })
    }

    /// What was counted while something happened: the samples that changed, by how much.
    private func moved(_ families: String..., by work: () async throws -> Void) async throws -> [String: Double] {
        let before = scrape()
        try await work()
        return scrape().filter { sample, value in families.contains { sample.hasPrefix($0) } && before[sample, default: 0] != value }
            .reduce(into: [:]) { $0[$1.key] = $1.value - before[$1.key, default: 0] }
    }

    private func kid() -> String { house.secrets.current.kid.text }

    @Test func `verifications are counted by key and result, from memory alone`() async throws {
        let (agent, sleeper) = (try await house.agent(), try await house.agent("sleeper"))
        let (good, revoked) = (try await house.issue(to: agent), try await house.issue(to: agent))
        let suspended = try await house.issue(to: sleeper)
        let short = try await house.issue(to: agent, lasting: 300)
        _ = try await house.sessions.revoke(revoked.session.id, for: House.caller)
        _ = try await house.rooms.services.agents.setSuspended(true, agent: sleeper.id, reason: nil, for: House.caller)
        let (first, calls) = (kid(), house.store.calls)
        let counts = try await moved("waiaas_session_verifications_total", "waiaas_verification_store_calls_total") {
            for _ in 0..<3 { #expect(throws: Never.self) { try house.verify(good.token) } }
            #expect(throws: Problem.self) { try house.verify(revoked.token) }
            #expect(throws: Problem.self) { try house.verify(suspended.token) }
            #expect(throws: Problem.self) { try house.verify(Array("wai_sess_a.b.c".utf8)) }
            #expect(throws: Problem.self) { try house.verify([]) }
            house.clock.advance(by: .seconds(400))
            #expect(throws: Problem.self) { try house.verify(short.token) }
        }
        #expect(
            counts == [
                "waiaas_session_verifications_total{kid=\"\(first)\",result=\"ok\"}": 3,
                "waiaas_session_verifications_total{kid=\"\(first)\",result=\"SESSION_REVOKED\"}": 1,
                "waiaas_session_verifications_total{kid=\"\(first)\",result=\"AGENT_SUSPENDED\"}": 1,
                "waiaas_session_verifications_total{kid=\"\(first)\",result=\"TOKEN_EXPIRED\"}": 1,
                "waiaas_session_verifications_total{kid=\"none\",result=\"INVALID_TOKEN\"}": 2,
            ])
        #expect(house.store.calls == calls)
        #expect(scrape()["waiaas_verification_store_calls_total"] == 0)
    }

    @Test func `a verification that asked the store would be seen`() async throws {
        let store = CountedStore(house.store)
        _ = try await VerificationScope.$isVerifying.withValue(true) { try await store.read { try $0.agentCounts() } }
        #expect((store.askedByVerification.value, store.reads.value) == (1, 1))
        _ = try await store.read { try $0.agentCounts() }
        #expect((store.askedByVerification.value, store.reads.value) == (1, 2))
    }

    @Test func `a rotation is counted, and each key keeps its own numbers until its window ends`() async throws {
        let issued = try await house.issue(to: try await house.agent())
        let first = kid()
        #expect(try house.verify(issued.token).kid.text == first)
        #expect(scrape()["waiaas_sessions{kid=\"\(first)\",state=\"active\"}"] == 1)
        #expect(scrape()["waiaas_secret_window_remaining_seconds"] == 0)
        try await house.rotate()
        house.clock.advance(by: .seconds(60))
        _ = try house.verify(issued.token)
        let during = scrape()
        #expect(during["waiaas_secret_rotations_total{kind=\"planned\"}"] == 1)
        #expect(during["waiaas_session_verifications_total{kid=\"\(first)\",result=\"ok\"}"] == 2)
        #expect(during["waiaas_session_verifications_total{kid=\"\(kid())\",result=\"ok\"}"] == 0)
        #expect(during["waiaas_secret_window_remaining_seconds"] == 240)
        #expect(during["waiaas_secret_age_seconds{kid=\"\(kid())\",state=\"active\"}"] == 60)
        #expect(during["waiaas_sessions{kid=\"\(first)\",state=\"retiring\"}"] == 1)
        #expect(during["waiaas_sessions{kid=\"\(kid())\",state=\"active\"}"] == 0)
        house.clock.advance(by: .seconds(241))
        // Even before the tick has dropped it.
        #expect(scrape()["waiaas_secret_window_remaining_seconds"] == 0)
        try await house.secrets.purgeEndedSecret()
        let after = scrape()
        #expect(!after.keys.contains { $0.contains(first) })
        try await house.cut()
        #expect(scrape()["waiaas_secret_rotations_total{kind=\"compromised\"}"] == 1)
    }

    @Test func `requests are counted by template, method and status, and those without a route under one name`() async throws {
        let counts = try await moved("waiaas_http_requests_total") {
            _ = await house.ask("GET", "/health")
            _ = await house.ask("GET", "/v1/agents/01900000-0000-7000-8000-000000000000", House.asOperator)
            _ = await house.ask("GET", "/v1/agents/a", House.asOperator)
            for path in ["/a", "/b", "/c\"d"] { _ = await house.ask("GET", path) }
            _ = await house.ask("BREW", "/health")
            _ = await house.ask("GET", "/health", host: "evil.example")
            _ = house.router.refusal(status: 431)
            _ = house.router.refusal(status: 501)
        }
        func name(_ route: String, _ method: String, _ status: Int) -> String {
            "waiaas_http_requests_total{route=\"\(route)\",method=\"\(method)\",status=\"\(status)\"}"
        }
        #expect(
            counts == [
                name("/health", "GET", 200): 1, name("/v1/agents/{id}", "GET", 404): 1, name("/v1/agents/{id}", "GET", 400): 1,
                name("unmatched", "other", 404): 3, name("unmatched", "other", 405): 1, name("unmatched", "other", 403): 1,
                name("unmatched", "other", 431): 1, name("unmatched", "other", 501): 1,
            ])
    }

    @Test func `issuing and committing are measured, and what a store was asked is counted`() async throws {
        let agent = try await house.agent()
        let counts = try await moved("waiaas_session_issue_duration_seconds_count", "waiaas_store_") {
            let issued = try await house.issue(to: agent)
            _ = try await house.sessions.session(issued.session.id)
            for _ in 0..<4 { _ = try await house.issue(to: agent) }
            // The sixth finds no place: it is asked of the store, rolled back, and not measured.
            await #expect(throws: Problem.self) { try await house.issue(to: agent) }
        }
        #expect(counts["waiaas_session_issue_duration_seconds_count"] == 5)
        #expect(counts["waiaas_store_commit_duration_seconds_count"] == 5)
        #expect(counts["waiaas_store_commit_duration_seconds_bucket{le=\"+Inf\"}"] == 5)
        #expect(counts["waiaas_store_commit_duration_seconds_sum", default: 0] > 0)
        #expect(counts["waiaas_store_changes_total"] == 6)
        #expect(counts["waiaas_store_reads_total"] == 1)
        #expect(counts["waiaas_store_failed_commits_total"] == nil)
        #expect(scrape()["waiaas_store_database_bytes", default: 0] > 0)
        #expect(scrape()["waiaas_store_fault"] == 0)
    }

    @Test func `passwords are counted by door and result, and lock-outs too`() async throws {
        func ask(_ password: String, from peer: HTTPPeer = House.network) async {
            _ = await house.ask("GET", "/v1/admin/secrets", [("X-Master-Password", password)], from: peer)
        }
        let counts = try await moved("waiaas_master_password", "waiaas_lockouts", "waiaas_addresses") {
            await ask(Ground.password, from: .network(address: "192.0.2.1"))
            await ask(Ground.password, from: .network(address: "192.0.2.1"))
            for _ in 0..<5 { await ask("a wrong password") }
            await ask(Ground.password)
            await ask("a wrong password", from: .local(uid: 0))
            _ = await house.ask("GET", "/v1/admin/secrets")
        }
        #expect(
            counts == [
                "waiaas_master_password_checks_total{door=\"network\",result=\"unwrapped\"}": 1,
                "waiaas_master_password_checks_total{door=\"network\",result=\"remembered\"}": 1,
                "waiaas_master_password_checks_total{door=\"network\",result=\"wrong\"}": 5,
                "waiaas_master_password_checks_total{door=\"network\",result=\"locked_out\"}": 2,
                "waiaas_master_password_checks_total{door=\"socket\",result=\"wrong\"}": 1, "waiaas_lockouts_total": 1,
                "waiaas_addresses_locked_out": 1,
            ])
        house.clock.advance(by: .seconds(1_801))
        #expect(scrape()["waiaas_addresses_locked_out"] == 0)
        #expect(scrape()["waiaas_lockouts_total"] == 1)
    }

    @Test func `unsigned records are told, and signed ones are not`() async throws {
        _ = try await house.agent()
        #expect(scrape()["waiaas_audit_records_unsigned", default: 0] > 0)
        house.clock.advance(by: .seconds(7))
        #expect(scrape()["waiaas_audit_unsigned_seconds"] == 7)
        let last = try await house.records().last?.sequence
        #expect(scrape()["waiaas_audit_last_record"] == last.map(Double.init))
        try await house.rooms.signer.sign(in: house.store)
        #expect(scrape()["waiaas_audit_records_unsigned"] == 0)
        #expect(scrape()["waiaas_audit_unsigned_seconds"] == 0)
    }

    @Test func `periodic work that fails is counted`() async throws {
        house.store.fail(with: .diskFull)
        _ = await house.ask("GET", "/v1/sessions/self")
        house.rooms.workers.tick()
        await house.rooms.workers.finish()
        let after = scrape()
        #expect(after["waiaas_worker_runs_total{worker=\"refusals\"}"] == 1)
        #expect(after["waiaas_worker_failures_total{worker=\"refusals\"}"] == 1)
        #expect(after["waiaas_worker_failures_total{worker=\"auditCheckpoint\"}"] == 0)
    }

    @Test func `the names are those that Prometheus wants, each once, and no label can grow without end`() async throws {
        let issued = try await house.issue(to: try await house.agent())
        for round in 0..<50 {
            _ = await house.ask("GET", "/nowhere/\(round)")
            _ = await house.ask("M\(round)", "/health")
            _ = await house.ask("GET", "/v1/sessions/self", [("Authorization", "Bearer wai_sess_\(round).b.c")])
            _ = await house.ask(
                "GET", "/v1/admin/secrets", [("X-Master-Password", "wrong password \(round)")], from: .network(address: "192.0.2.\(round)"))
        }
        _ = await house.ask("GET", "/v1/sessions/\(issued.session.id)", House.asOperator)
        let families = house.rooms.services.metrics.families()
        #expect(Set(families.map(\.name)).count == families.count)
        for family in families {
            #expect(family.name.wholeMatch(of: #/(waiaas|process)_[a-z][a-z_]*/#) != nil, "\(family.name)")
            #expect(family.name.hasSuffix("_total") == (family.kind == .counter), "\(family.name)")
            #expect(family.help.hasSuffix("."), "\(family.name)")
            #expect(family.samples.count <= 200, "\(family.name)")
            let labels = family.samples.map { $0.labels.map { "\($0.name)=\($0.value)" } }
            #expect(Set(labels).count == labels.count, "\(family.name)")
        }
    }
}
