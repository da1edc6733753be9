import Testing

@testable import WaiaasCore

/// A document with one table, each key on a line of its own from line 2 on.
private func document(_ section: String, _ values: [(String, ConfigurationNode)]) -> ConfigurationDocument {
    let entries = values.enumerated().map { index, value in
        ConfigurationEntry(key: value.0, position: SourcePosition(line: index + 2, column: 1), node: value.1)
    }
    return ConfigurationDocument(
        path: "config.toml",
        entries: [ConfigurationEntry(key: section, position: SourcePosition(line: 1, column: 2), node: .table(entries))])
}

private func faults(_ sources: ConfigurationSources) -> [String] {
    do {
        _ = try Configuration(sources.resolve())
        return []
    } catch {
        return error.faults.map(\.description)
    }
}

@Suite struct ConfigurationSourcesTests {
    @Test func `a flag beats the environment, which beats the file, which beats the default`() throws {
        var sources = ConfigurationSources()
        func port() throws -> (UInt16, String) {
            let settings = try sources.resolve()
            return (Configuration(settings).daemon.port, settings.origin(of: Settings.port.row).description)
        }
        #expect(try port() == (3_100, "default"))
        sources.file = document("daemon", [("port", .integer(4_001))])
        #expect(try port() == (4_001, "config.toml:2:1"))
        sources.environment = EnvironmentVariables(["WAIAAS_DAEMON_PORT": "4002"])
        #expect(try port() == (4_002, "WAIAAS_DAEMON_PORT"))
        sources.flags = ["daemon.port": "4003"]
        #expect(try port() == (4_003, "flag for daemon.port"))
    }

    @Test(arguments: [
        ("deamon", "port", "config.toml:1:2: unknown section \"deamon\"; did you mean daemon?"),
        ("daemon", "prot", "config.toml:2:1: unknown setting \"daemon.prot\"; did you mean daemon.port?"),
        ("http", "port", "config.toml:2:1: unknown setting \"http.port\"; did you mean daemon.port?"),
        ("daemon", "completely_different_thing", "config.toml:2:1: unknown setting \"daemon.completely_different_thing\""),
        ("daemon", "por\u{1b}[31mt", "config.toml:2:1: unknown setting \"daemon.por\u{FFFD}[31mt\"; did you mean daemon.port?"),
    ])
    func `an unknown name is refused with its place and the nearest known one (OPS-08)`(section: String, key: String, message: String) {
        #expect(faults(ConfigurationSources(file: document(section, [(key, .integer(1))]))) == [message])
    }

    @Test(arguments: [
        ("port", ConfigurationNode.integer(0), "daemon.port must be from 1 to 65535, not 0"),
        ("port", .integer(65_536), "daemon.port must be from 1 to 65535, not 65536"),
        ("port", .text("3100"), "daemon.port must be a whole number"),
        ("port", .other, "daemon.port must be a whole number"),
        ("shutdown_timeout", .integer(4), "daemon.shutdown_timeout must be from 5 to 300 seconds, not 4"),
        ("log_level", .text("loud"), "daemon.log_level must be one of trace, debug, info, warn, error, not \"loud\""),
        ("hostname", .text("example.org"), "daemon.hostname must be an IP address or localhost, not \"example.org\""),
        ("hostname", .table([]), "daemon.hostname must be a text in quotes"),
    ])
    func `a value that does not fit is refused with what would`(key: String, node: ConfigurationNode, message: String) {
        #expect(faults(ConfigurationSources(file: document("daemon", [(key, node)]))) == ["config.toml:2:1: \(message)"])
    }

    @Test func `all faults are named at once, hidden ones too`() {
        let sources = ConfigurationSources(
            flags: ["daemon.port": "99999"],
            environment: EnvironmentVariables(["WAIAAS_DAEMON_PORT": "x"]),
            file: document("daemon", [("port", .boolean(true)), ("nope", .other)]))
        #expect(faults(sources).count == 4)
    }

    @Test func `a section that is no table is refused`() {
        let file = ConfigurationDocument(
            path: "config.toml",
            entries: [ConfigurationEntry(key: "http", position: SourcePosition(line: 1, column: 1), node: .integer(1))])
        #expect(faults(ConfigurationSources(file: file)) == ["config.toml:1:1: http must be a table"])
    }

    @Test(arguments: [
        ("http.behind_tls", "yes"), ("http.behind_tls", "1"), ("http.behind_tls", "TRUE"), ("security.max_renewals", "1e1"),
        ("security.max_renewals", "+1"), ("security.max_renewals", ""), ("security.max_renewals", "9223372036854775808"),
        ("http.hosts", "a b"), ("http.cors_origins", "*"), ("http.cors_origins", "null"), ("http.cors_origins", "https://a.org/"),
        ("http.trusted_proxies", "10.0.0.1/8"), ("http.trusted_proxies", "10.0.0.0/33"),
    ])
    func `a text is never bent into another type`(name: String, text: String) {
        #expect(faults(ConfigurationSources(flags: [name: text])).count == 1)
    }

    @Test func `lists come comma separated from a variable`() throws {
        let settings = try ConfigurationSources(environment: EnvironmentVariables(["WAIAAS_HTTP_HOSTS": "a.org, b.org:8443"])).resolve()
        #expect(settings[Settings.hosts] == ["a.org", "b.org:8443"])
        #expect(try ConfigurationSources(environment: EnvironmentVariables(["WAIAAS_HTTP_HOSTS": ""])).resolve()[Settings.hosts] == [])
    }

    @Test func `port 0 is for the flag alone`() throws {
        #expect(try Configuration(ConfigurationSources(flags: ["daemon.port": "0"]).resolve()).daemon.port == 0)
        #expect(faults(ConfigurationSources(environment: EnvironmentVariables(["WAIAAS_DAEMON_PORT": "0"]))).count == 1)
    }

    @Test func `a secret comes from no variable and no flag (SEC-02)`() {
        let secret = String(repeating: "ab", count: 32)
        let variable = faults(ConfigurationSources(environment: EnvironmentVariables(["WAIAAS_SECURITY_JWT_SECRET": secret])))
        let flag = faults(ConfigurationSources(flags: ["security.jwt_secret": secret]))
        #expect(variable == ["WAIAAS_SECURITY_JWT_SECRET: security.jwt_secret is a secret and has no environment form"])
        #expect(flag == ["security.jwt_secret is a secret and cannot be given on the command line"])
    }

    @Test func `the secret in the file is checked, never kept and never repeated`() throws {
        let secret = String(repeating: "ab", count: 32)
        let settings = try ConfigurationSources(file: document("security", [("jwt_secret", .text(secret))])).resolve()
        var shown = ""
        dump(settings, to: &shown)
        #expect(!shown.contains("abab"))
        #expect(settings.origin(of: Settings.jwtSecret) == .file(path: "config.toml", SourcePosition(line: 2, column: 1)))
        #expect(!settings.rows.contains { $0.row == Settings.jwtSecret })
        #expect(settings.value(of: Settings.jwtSecret) == nil)
        let short = faults(ConfigurationSources(file: document("security", [("jwt_secret", .text("ab" + "zz"))])))
        #expect(short == ["config.toml:2:1: security.jwt_secret must be 64 hexadecimal characters"])
    }

    @Test func `a variable that names no setting warns, and only within our sections`() throws {
        let environment = EnvironmentVariables([
            "WAIAAS_DAEMON_PROT": "1", "WAIAAS_DATA_DIR": "/x", "WAIAAS_SERVICE_HOST": "10.0.0.1", "PATH": "/bin",
        ])
        let unknown = try ConfigurationSources(environment: environment).resolve().unknownVariables
        #expect(unknown == [UnknownVariable(name: "WAIAAS_DAEMON_PROT", nearest: "WAIAAS_DAEMON_PORT")])
    }

    @Test func `an exposed address is named beside the other faults, but not where behind_tls itself cannot be read`() {
        let exposed = EnvironmentVariables(["WAIAAS_DAEMON_HOSTNAME": "0.0.0.0", "WAIAAS_DAEMON_PORT": "x"])
        #expect(faults(ConfigurationSources(environment: exposed)).count == 2)
        let unread = EnvironmentVariables(["WAIAAS_DAEMON_HOSTNAME": "0.0.0.0", "WAIAAS_HTTP_BEHIND_TLS": "yes"])
        #expect(faults(ConfigurationSources(environment: unread)) == ["WAIAAS_HTTP_BEHIND_TLS: http.behind_tls must be true or false"])
    }

    @Test(arguments: ["0.0.0.0", "::", "10.0.0.1", "fe80::1"])
    func `an address that others reach needs TLS in front (NET-01)`(address: String) throws {
        let message =
            "flag for daemon.hostname: daemon.hostname \"\(address)\" is not a loopback address; this needs http.behind_tls = true"
        #expect(faults(ConfigurationSources(flags: ["daemon.hostname": address])) == [message])
        #expect(faults(ConfigurationSources(flags: ["daemon.hostname": address, "http.behind_tls": "true"])) == [])
    }

    @Test(arguments: ["127.0.0.1", "127.8.9.10", "localhost", "::1", "::ffff:127.0.0.1"])
    func `loopback needs none`(address: String) {
        #expect(faults(ConfigurationSources(flags: ["daemon.hostname": address])) == [])
    }
}
