import Synchronization
import Testing
import WaiaasAPI
import WaiaasCore
import WaiaasHTTP
import WaiaasTestSupport

@testable import WaiaasDaemon

/// Reading the configuration again while requests come.
@Suite(.inTurns) struct ReloadTests {
    /// What the sources say now; a test changes it.
    private final class Sources: Sendable {
        private let text = Mutex<Result<[String: String], LocalInstanceError>>(.success([:]))

        func say(_ variables: [String: String]) { text.withLock { $0 = .success(variables) } }
        func fail(_ error: LocalInstanceError) { text.withLock { $0 = .failure(error) } }

        @Sendable func read() throws(LocalInstanceError) -> ResolvedSettings {
            let variables = try text.withLock { $0 }.get()
            return try attempt { try ConfigurationSources(environment: EnvironmentVariables(variables)).resolve() }
        }
    }

    private let sources = Sources()
    private let house: House

    init() async throws {
        house = try await House(readSettings: sources.read)
    }

    private func reload() async throws -> ConfigurationDifference {
        try await house.rooms.services.configuration.reload(by: .operator, requestID: "req_test")
    }

    private func records(_ event: String) async throws -> [AuditRecord] {
        try await house.store.read { try $0.auditRecords(after: 0, limit: 1_000) }.filter { $0.event == event }
    }

    @Test func `OPS-08: hosts, origins and the operator's door are new for the next request`() async throws {
        #expect(await house.ask("GET", "/health", host: "w.example.org").code == "INVALID_HOST")
        #expect(await house.ask("GET", "/v1/agents", House.asOperator).status == 200)
        sources.say(["WAIAAS_HTTP_HOSTS": "w.example.org", "WAIAAS_HTTP_CORS_ORIGINS": "https://panel.example.org"])
        _ = try await reload()
        let answer = await house.ask("GET", "/health", [("Origin", "https://panel.example.org")], host: "w.example.org")
        #expect(answer.status == 200)
        #expect(answer.values("Access-Control-Allow-Origin") == ["https://panel.example.org"])
        // An outside name means that others than this machine's users can call.
        #expect(await house.ask("GET", "/v1/agents", House.asOperator).code == "OPERATOR_SOCKET_ONLY")
        sources.say(["WAIAAS_HTTP_HOSTS": "w.example.org", "WAIAAS_HTTP_OPERATOR_OVER_TCP": "true"])
        _ = try await reload()
        #expect(await house.ask("GET", "/v1/agents", House.asOperator).status == 200)
        #expect(await house.ask("GET", "/health", [("Origin", "https://panel.example.org")]).values("Access-Control-Allow-Origin") == [])
    }

    @Test func `the limits are new for the next session, and those that live keep theirs`() async throws {
        let agent = try await house.agent()
        let before = try await house.issue(to: agent)
        sources.say([
            "WAIAAS_SECURITY_SESSION_TTL": "600", "WAIAAS_SECURITY_SESSION_ABSOLUTE_LIFETIME": "86400", "WAIAAS_SECURITY_MAX_RENEWALS": "1",
            "WAIAAS_SECURITY_MAX_SESSIONS_PER_AGENT": "2",
        ])
        _ = try await reload()
        let after = try await house.issue(to: agent)
        #expect(after.session.timeToLive == .seconds(600))
        #expect(after.session.maxRenewals == 1)
        #expect(after.session.absoluteExpiresAt == house.clock.clocks.now.wall.wholeSecond + .seconds(86_400))
        let error = await #expect(throws: Problem.self) { try await house.issue(to: agent) }
        #expect(error?.code == .sessionLimitExceeded)
        #expect(try house.verify(before.token).session == before.session.id)
    }

    @Test func `log level and time to drain reach who uses them`() async throws {
        sources.say(["WAIAAS_DAEMON_LOG_LEVEL": "error", "WAIAAS_DAEMON_SHUTDOWN_TIMEOUT": "7"])
        _ = try await reload()
        #expect(house.opening.live.current.logLevel == .error)
        #expect(house.opening.live.current.shutdownTimeout == .seconds(7))
    }

    @Test func `AUD-02: each change is in the log by name, old and new, and the audit record names the settings`() async throws {
        sources.say(["WAIAAS_SECURITY_SESSION_TTL": "600", "WAIAAS_DAEMON_PORT": "3200"])
        let difference = try await reload()
        #expect(difference.changes.map(\.setting) == ["security.session_ttl"])
        #expect(difference.pending.map(\.setting) == ["daemon.port"])
        let lines = house.log.all.map { $0.split(separator: " ").dropFirst().joined(separator: " ") }
        #expect(lines.contains("INFO setting changed setting=security.session_ttl old=86400 new=600\n"))
        #expect(lines.contains("WARN setting takes effect at the next start setting=daemon.port old=3100 new=3200\n"))
        let record = try #require(try await records("CONFIGURATION_RELOADED").first)
        #expect(record.details == #"{"changed":"security.session_ttl","atNextStart":"daemon.port"}"#)
        #expect(record.actor == "operator")
        #expect(record.requestID == "req_test")
    }

    @Test func `a fault is told with its place, and everything stays as it was`() async throws {
        let place = SettingOrigin.file(path: "/d/config.toml", SourcePosition(line: 3, column: 1))
        let misfit = ConfigurationFault.misfit(.wrongType(expected: "a whole number"), setting: "daemon.port", at: place)
        let unknown = ConfigurationFault.unknownSection("htp", nearest: "http", at: place)
        sources.fail(.configuration(ConfigurationFaults([misfit, unknown])))
        let before = house.opening.live.current
        let answer = await house.ask("POST", "/v1/admin/reload", House.asOperator)
        #expect(answer.status == 409)
        #expect(answer.code == "CONFIGURATION_INVALID")
        let body = String(decoding: answer.body, as: UTF8.self)
        #expect(body.contains(#""file":"/d/config.toml","line":3,"column":1"#))
        #expect(body.contains("unknown section"))
        #expect(house.opening.live.current == before)
        #expect(house.log.all.count { $0.contains("configuration not reloaded fault=\"/d/config.toml:3:1: ") } == 2)
        #expect(try await records("CONFIGURATION_RELOADED").isEmpty)
    }

    @Test func `a change that cannot be recorded does not happen`() async throws {
        sources.say(["WAIAAS_SECURITY_SESSION_TTL": "600"])
        house.store.fail(with: .diskFull)
        await #expect(throws: StoreError.self) { try await reload() }
        #expect(house.opening.live.current.sessions.timeToLive == .seconds(86_400))
        house.store.fail(with: nil)
        #expect(try await reload().changes.map(\.setting) == ["security.session_ttl"])
    }

    @Test func `reloads that come at once run one after the other, and the last reading stays`() async throws {
        for number in 1...5 {
            sources.say(["WAIAAS_SECURITY_SESSION_TTL": "\(600 + number)"])
            async let one = reload()
            async let two = reload()
            _ = try await (one, two)
            #expect(house.opening.live.current.sessions.timeToLive == .seconds(600 + number))
        }
        #expect(try await records("CONFIGURATION_RELOADED").count == 10)
    }

    @Test func `the answer of the endpoint is the difference`() async throws {
        sources.say(["WAIAAS_SECURITY_MAX_RENEWALS": "0"])
        let answer = await house.ask("POST", "/v1/admin/reload", House.asOperator)
        #expect(answer.status == 200)
        #expect(
            String(decoding: answer.body, as: UTF8.self)
                == #"{"changed":[{"setting":"security.max_renewals","before":"30","after":"0"}],"atNextStart":[]}"#)
        #expect(await house.ask("POST", "/v1/admin/reload").code == "MASTER_PASSWORD_REQUIRED")
    }
}
