import Testing
import WaiaasAPI
import WaiaasCore

/// The metrics as a scraper sees them: read by Prometheus' own parser, not by ours.
@Suite("Metrics")
struct MetricsTests {
    private static let python: String? = {
        let folder = Variables["WAIAAS_VENV"] ?? "/nowhere"
        let found = (try? Files.list(folder + "/lib"))?.contains { Files.exists("\(folder)/lib/\($0)/site-packages/prometheus_client") }
        return found == true ? folder + "/bin/python3" : nil
    }()

    /// Reads a text and prints each sample as a line: type, name with sorted labels, value.
    private static let reader = """
        import sys
        from prometheus_client.parser import text_string_to_metric_families
        for family in text_string_to_metric_families(sys.stdin.read()):
            assert family.documentation, family.name
            for sample in family.samples:
                labels = ",".join(f"{name}={value}" for name, value in sorted(sample.labels.items()))
                print(family.type, f"{sample.name}[{labels}]", sample.value)
        """

    private struct Scrape {
        var values: [String: Double] = [:]
        var types: [String: String] = [:]
    }

    private func scrape(_ daemon: DaemonProcess, token: String) async throws -> Scrape {
        let reply = try await daemon.network.send(Request("GET", "/metrics", as: .agent(token: token)))
        #expect(reply.status == 200)
        #expect(reply.header("content-type") == "text/plain; version=0.0.4; charset=utf-8")
        let run = try daemon.world.spawn(try #require(Self.python), ["-c", Self.reader], input: reply.text)
        let exit = try await run.ended()
        #expect(exit == .code(0), "\(run.errors)")
        var scrape = Scrape()
        for line in run.output.split(separator: "\n") {
            let parts = line.split(separator: " ")
            scrape.values[String(parts[1])] = Double(parts[2])
            scrape.types[String(parts[1])] = String(parts[0])
        }
        return scrape
    }

    @Test(.enabled(if: python != nil, "prometheus-client is not installed: WAIAAS_VENV names no folder with it"))
    func `Prometheus' parser reads them, and they move with what happens`() async throws {
        try await World.inside { world in
            let token = "scrape-\(world.password)"
            try Files.write(token + "\n", to: world.path("metrics-token"))
            try Files.setMode(0o600, of: world.path("metrics-token"))
            let daemon = try await world.start(environment: ["WAIAAS_METRICS_TOKEN_FILE": world.path("metrics-token")])
            let grant = try await daemon.grant(to: "trader")
            let before = try await scrape(daemon, token: token)
            #expect(before.types["waiaas_build_info[version=\(ProductVersion.current)]"] == "gauge")
            #expect(before.types["waiaas_verification_store_calls_total[]"] == "counter")
            #expect(before.types["waiaas_store_commit_duration_seconds_bucket[le=+Inf]"] == "histogram")
            let old = try await daemon.socket.call(GetSecrets.self, as: daemon.operator).current.kid

            for _ in 0..<5 { #expect(try await daemon.verdict(on: grant.token) == "200 current") }
            _ = try await daemon.grant(to: "other")
            let rotated = try await daemon.rotate()
            #expect(try await daemon.verdict(on: grant.token) == "200 previous")
            let wrong = try await daemon.network.send(Request("GET", "/v1/agents", as: .operator("a wrong master password")))
            #expect(wrong.status == 401)
            #expect(try await daemon.network.send(Request("GET", "/no/such/route")).status == 404)
            let after = try await scrape(daemon, token: token)

            func moved(_ name: String) -> Double { after.values[name, default: 0] - before.values[name, default: 0] }
            #expect(moved("waiaas_session_verifications_total[kid=\(old),result=ok]") == 6)
            #expect(after.values["waiaas_verification_store_calls_total[]"] == 0)
            #expect(moved("waiaas_http_requests_total[method=GET,route=/v1/sessions/self,status=200]") == 6)
            #expect(moved("waiaas_http_requests_total[method=GET,route=/v1/agents,status=401]") == 1)
            #expect(moved("waiaas_http_requests_total[method=other,route=unmatched,status=404]") == 1)
            #expect(moved("waiaas_session_issue_duration_seconds_count[]") == 1)
            #expect(moved("waiaas_session_issue_duration_seconds_sum[]") > 0)
            #expect(moved("waiaas_store_commit_duration_seconds_bucket[le=+Inf]") >= 3)
            #expect(moved("waiaas_secret_rotations_total[kind=planned]") == 1)
            #expect(moved("waiaas_master_password_checks_total[door=network,result=wrong]") == 1)
            #expect(moved("waiaas_audit_last_record[]") >= 3)
            #expect(after.values["waiaas_sessions[kid=\(old),state=retiring]"] == 2)
            #expect(after.values["waiaas_sessions[kid=\(rotated.kid.text),state=active]"] == 0)
            let left = try #require(after.values["waiaas_secret_window_remaining_seconds[]"])
            #expect(left > 200 && left <= 300)
            #expect(after.values["process_resident_memory_bytes[]", default: 0] > 1_000_000)
            #expect(after.values["process_open_fds[]", default: 0] > 5)
            #expect(moved("process_cpu_seconds_total[]") >= 0)
            #expect(after.values["process_start_time_seconds[]", default: 0] > 1_700_000_000)
        }
    }

    @Test func `a token is replaced by replacing its file, and a bad one stops the start`() async throws {
        try await World.inside { world in
            let file = world.path("metrics-token")
            try Files.write("too short\n", to: file)
            let refused = try await world.waiaas("start --port 0", environment: ["WAIAAS_METRICS_TOKEN_FILE": file]).exited(1)
            #expect(refused.errors.contains("\(file) gives no token"))
            #expect(!refused.errors.contains("too short"))
            try Files.write("the-first-token-there-is\n", to: file)
            try Files.setMode(0o600, of: file)
            let daemon = try await world.start(environment: ["WAIAAS_METRICS_TOKEN_FILE": file])
            func status(_ token: String) async throws -> Int {
                try await daemon.network.send(Request("GET", "/metrics", as: .agent(token: token))).status
            }
            #expect(try await status("the-first-token-there-is") == 200)
            try Files.write("the-second-token-there-is\n", to: file)
            try await eventually("the new token", within: .seconds(30)) {
                try await status("the-second-token-there-is") == 200 ? true : nil
            }
            #expect(try await status("the-first-token-there-is") == 401)
        }
    }
}
