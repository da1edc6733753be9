import Synchronization
import Testing
import WaiaasAPI
import WaiaasCore

/// `config show|check` and `reload`.
struct ConfigurationTests {
    private let file = "/var/lib/waiaas/config.toml"

    private func shell(_ variables: [String: String] = [:], level: String = "debug") throws -> Shell {
        let entry = ConfigurationEntry(key: "log_level", position: SourcePosition(line: 7, column: 1), node: .text(level))
        let table = ConfigurationEntry(key: "daemon", position: SourcePosition(line: 5, column: 1), node: .table([entry]))
        let sources = ConfigurationSources(
            flags: ["daemon.port": "0"], environment: EnvironmentVariables(variables),
            file: ConfigurationDocument(path: file, entries: [table]))
        let shell = Shell()
        let answer: Result<ConfigurationReport, LocalInstanceError>
        do {
            answer = .success(ConfigurationReport(file: file, settings: try sources.resolve()))
        } catch {
            answer = .failure(.configuration(error))
        }
        shell.local.state.withLock { $0.configuration = answer }
        return shell
    }

    @Test func `show prints every value with its origin and how a change takes effect, and no secret`() async throws {
        let shell = try shell(["WAIAAS_HTTP_HOSTS": "w.example.org"])
        let outcome = await shell.run("config show --port 0")
        #expect(outcome.exit == .success)
        let lines = outcome.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
        #expect(lines.contains("daemon.log_level \"debug\" config.toml:7 by reload"))
        #expect(lines.contains("daemon.port 0 flag for daemon.port at the next start"))
        #expect(lines.contains("http.hosts [\"w.example.org\"] WAIAAS_HTTP_HOSTS by reload"))
        #expect(lines.contains("http.operator_over_tcp false default by reload"))
        #expect(lines.contains("daemon.shutdown_timeout 30 default by reload"))
        #expect(!outcome.output.contains("jwt_secret"))
        #expect(shell.local.calls == ["configuration - daemon.port=0"])
    }

    @Test func `show in JSON has typed values and places`() async throws {
        let outcome = await (try shell(["WAIAAS_HTTP_HOSTS": "a.org,b.org"])).run("config show --json")
        #expect(
            outcome.output.hasPrefix(#"{"file":"/var/lib/waiaas/config.toml","settings":[{"name":"auth.algorithm","value":"RS256""#))
        let origin = #""origin":{"kind":"file","file":"/var/lib/waiaas/config.toml","line":7,"column":1},"reloadable":true}"#
        #expect(outcome.output.contains(#"{"name":"daemon.log_level","value":"debug","# + origin))
        #expect(outcome.output.contains(#""value":["a.org","b.org"],"origin":{"kind":"environment","variable":"WAIAAS_HTTP_HOSTS"}"#))
        #expect(!outcome.output.contains("jwt_secret"))
    }

    @Test func `a variable that names no setting is a warning`() async throws {
        let outcome = await (try shell(["WAIAAS_HTTP_HOST": "a.org"])).run("config check")
        #expect(
            outcome
                == .said(
                    ["sound: /var/lib/waiaas/config.toml; 2 settings not at the default"],
                    notes: ["warning: WAIAAS_HTTP_HOST names no setting and changes nothing; did you mean WAIAAS_HTTP_HOSTS?"]))
    }

    @Test func `check names every fault with its place, and exits 1`() async throws {
        let shell = try shell(["WAIAAS_DAEMON_HOSTNAME": "0.0.0.0"], level: "loud")
        let (first, second) = (
            #"/var/lib/waiaas/config.toml:7:1: daemon.log_level must be one of trace, debug, info, warn, error, not "loud""#,
            #"WAIAAS_DAEMON_HOSTNAME: daemon.hostname "0.0.0.0" is not a loopback address; this needs http.behind_tls = true"#
        )
        #expect(await shell.run("config check --file draft.toml") == .failed(.failure, "waiaas: \(first)", "waiaas: \(second)"))
        #expect(shell.local.calls == ["configuration draft.toml"])
        let json = await shell.run("config check --json")
        #expect(json.error.contains(#""file":"/var/lib/waiaas/config.toml","line":7,"column":1}"#))
        #expect(json.error.contains(#""variable":"WAIAAS_DAEMON_HOSTNAME"}"#))
    }

    @Test func `reload tells what changed, and what waits`() async {
        let shell = Shell()
        shell.daemon.on(ReloadConfiguration.self, .example)
        #expect(
            await shell.run("reload")
                == .said(
                    ["reloaded: 1 setting changed", "  daemon.log_level  \"info\" → \"debug\""],
                    notes: ["these take effect at the next start:", "  daemon.port  3100 → 3200"]))
        #expect(shell.daemon.calls.last == "POST /v1/admin/reload")
    }

    @Test func `reload shows each fault of the file`() async {
        let shell = Shell()
        let faults: DetailValue = [["message": "config.toml:3:1: one"], ["message": "config.toml:4:1: two"]]
        shell.daemon.refuse(ReloadConfiguration.self, Problem(.configurationInvalid, details: ["faults": faults]))
        #expect(
            await shell.run("reload")
                == .failed(
                    .failure, "waiaas: the configuration is not valid; the one in force stays", "waiaas: config.toml:3:1: one",
                    "waiaas: config.toml:4:1: two", "hint: waiaas config check tells when it is right; then reload again"))
    }
}
