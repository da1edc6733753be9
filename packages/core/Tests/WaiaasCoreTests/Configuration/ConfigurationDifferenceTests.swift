import Testing
import WaiaasCore

/// What a reload comes to, as a rule over two readings.
@Suite struct ConfigurationDifferenceTests {
    private func settings(_ variables: [String: String] = [:], flags: [String: String] = [:]) throws -> ResolvedSettings {
        try ConfigurationSources(flags: flags, environment: EnvironmentVariables(variables)).resolve()
    }

    private func texts(_ changes: [ConfigurationDifference.Change]) -> [String] {
        changes.map { "\($0.setting) \($0.before) → \($0.after)" }
    }

    @Test func `the same settings differ in nothing`() throws {
        let same = try settings(["WAIAAS_DAEMON_LOG_LEVEL": "debug", "WAIAAS_HTTP_HOSTS": "a.org"])
        let difference = ConfigurationDifference(from: same, to: same)
        #expect(difference.settings == same)
        #expect(difference.changes.isEmpty && difference.pending.isEmpty)
    }

    @Test func `what may be reloaded takes effect, the rest waits with the value of the start`() throws {
        let difference = ConfigurationDifference(
            from: try settings(["WAIAAS_DAEMON_PORT": "3200"]),
            to: try settings([
                "WAIAAS_DAEMON_PORT": "3300", "WAIAAS_SECURITY_SESSION_TTL": "600", "WAIAAS_HTTP_CORS_ORIGINS": "https://a.org",
            ]))
        #expect(texts(difference.changes) == ["http.cors_origins [] → [\"https://a.org\"]", "security.session_ttl 86400 → 600"])
        #expect(texts(difference.pending) == ["daemon.port 3200 → 3300"])
        let configuration = Configuration(difference.settings)
        #expect(configuration.daemon.port == 3_200)
        #expect(configuration.security.sessionTTL == .seconds(600))
        #expect(difference.settings.origin(of: Settings.port.row) == .environment(variable: "WAIAAS_DAEMON_PORT"))
    }

    @Test func `a setting taken out goes back to its default`() throws {
        let difference = ConfigurationDifference(from: try settings(["WAIAAS_SECURITY_MAX_RENEWALS": "3"]), to: try settings())
        #expect(texts(difference.changes) == ["security.max_renewals 3 → 30"])
        #expect(difference.settings.origin(of: Settings.maxRenewals.row) == .fallback)
    }

    @Test func `the operator's door follows the hosts it is derived from, and is told as a change of its own`() throws {
        let difference = ConfigurationDifference(from: try settings(), to: try settings(["WAIAAS_HTTP_HOSTS": "w.example.org"]))
        #expect(texts(difference.changes) == ["http.hosts [] → [\"w.example.org\"]", "http.operator_over_tcp true → false"])
        #expect(!Configuration(difference.settings).http.operatorOverTCP)
    }

    @Test func `a reload may close the operator's door, and opens it only if it is told to`() throws {
        let outside = try settings(["WAIAAS_HTTP_HOSTS": "w.example.org"])
        let taken = ConfigurationDifference(from: outside, to: try settings())
        #expect(texts(taken.changes) == ["http.hosts [\"w.example.org\"] → []"])
        #expect(texts(taken.pending) == ["http.operator_over_tcp false → true"])
        #expect(!Configuration(taken.settings).http.operatorOverTCP)
        // It stays so at the reload after it, too.
        #expect(!Configuration(ConfigurationDifference(from: taken.settings, to: try settings()).settings).http.operatorOverTCP)
        let told = ConfigurationDifference(from: taken.settings, to: try settings(["WAIAAS_HTTP_OPERATOR_OVER_TCP": "true"]))
        #expect(Configuration(told.settings).http.operatorOverTCP)
    }

    @Test func `what it is derived from and needs a start does not open or close it before`() throws {
        let behind = try settings(["WAIAAS_HTTP_BEHIND_TLS": "true"])
        let difference = ConfigurationDifference(from: behind, to: try settings())
        #expect(difference.changes.isEmpty)
        #expect(texts(difference.pending) == ["http.behind_tls true → false", "http.operator_over_tcp false → true"])
        #expect(!Configuration(difference.settings).http.operatorOverTCP)
    }

    @Test func `a second reading of the same goes on naming what waits, and a reading of the start's values no longer does`() throws {
        let (start, edited) = (try settings(), try settings(["WAIAAS_DAEMON_PORT": "3300"]))
        let first = ConfigurationDifference(from: start, to: edited)
        #expect(texts(ConfigurationDifference(from: first.settings, to: edited).pending) == ["daemon.port 3100 → 3300"])
        #expect(ConfigurationDifference(from: first.settings, to: start).pending.isEmpty)
    }
}
