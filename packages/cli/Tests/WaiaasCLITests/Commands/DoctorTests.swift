import Synchronization
import Testing
import WaiaasAPI
import WaiaasCore

@testable import WaiaasCLI

/// `doctor`.
struct DoctorTests {
    private static let healthy: [GatheredFacts] = [
        .known(ConfigurationFacts(faults: [])), .unknown(.database, reason: "it is in use; waiaas stop first"),
    ]
    private static let ill: [GatheredFacts] =
        healthy + [
            .known(LockFacts(trial: .unusable(reason: "x"), recordedDaemonAnswers: true)),
            .known(SecretFacts(age: .initial, now: Shell.now, unopened: nil)),
        ]

    private func shell(_ state: InstanceState, _ facts: [GatheredFacts]) -> Shell {
        let shell = Shell(state)
        shell.local.state.withLock { $0.diagnosis = .success(DoctorReport(dataDirectory: Shell.directory, facts: facts)) }
        return shell
    }

    @Test func `without a fault it exits 0 and says what was not looked at`() async {
        #expect(
            await shell(.stopped, Self.healthy).run("doctor")
                == .printed(
                    "ok       configuration  config.toml is valid",
                    "skipped  database       not looked at: it is in use; waiaas stop first",
                    "nothing to find; 1 subject not looked at"))
    }

    @Test func `a fault exits 1, with id, evidence and remedy`() async {
        let outcome = await shell(.stopped, Self.ill).run("doctor")
        #expect(outcome.exit == .failure)
        let lines = outcome.output.split(separator: "\n").map(String.init)
        #expect(lines[2] == "fault    lock           LOCK-02: daemon.lock cannot be used")
        #expect(lines[3] == "                        x")
        #expect(lines[4].hasPrefix("                        remedy: mend what is named"))
        #expect(lines[5].hasPrefix("advice   secrets        SECRET-01: the session secret is still the one of init"))
        #expect(lines.last == "1 fault, 1 to consider; 1 subject not looked at")
    }

    @Test func `JSON has the counts, every subject and every finding`() async {
        #expect(
            await shell(.stopped, Array(Self.ill.prefix(3))).run("doctor --json").output
                == #"{"dataDirectory":"/var/lib/waiaas","faults":1,"warnings":0,"advice":0,"checks":["#
                + #"{"subject":"configuration","level":"ok","summary":"config.toml is valid"},"#
                + #"{"subject":"database","level":"skipped","summary":"not looked at: it is in use; waiaas stop first"},"#
                + #"{"subject":"lock","level":"fault"}],"findings":[{"id":"LOCK-02","level":"fault","subject":"lock","#
                + #""symptom":"daemon.lock cannot be used","evidence":["x"],"#
                + #""remedy":"mend what is named; never delete the file while a daemon runs"}]}"# + "\n")
    }

    @Test func `it asks for no password by itself, and hands it on when no daemon runs`() async {
        let shell = shell(.stopped, Self.healthy)
        await shell.run("doctor")
        #expect(shell.local.calls == ["diagnose without password, testimony: none"])
        await shell.run("doctor --with-password")
        #expect(shell.local.calls.last == "diagnose with password, testimony: none")
        #expect(shell.daemon.calls == [])
    }

    @Test(arguments: [
        (AuditEventName.secretRotated, "since(WaiaasCore.WallTime(milliseconds: 1799999003000))"), (.sessionIssued, "initial"),
    ])
    func `a daemon that runs is asked with the password, and its log for the age of the secret`(
        event: AuditEventName, age: String
    ) async throws {
        let shell = shell(.running, Self.healthy)
        let chain = try FakeChain(records: event == .secretRotated ? 4 : 2)
        shell.daemon.on(GetStatus.self, .example)
        shell.daemon.on(
            GetSecrets.self,
            SecretsReport(
                current: CurrentSecret(kid: kid("3f9a2c7b1d4e5f60"), createdAt: nil, sessions: 1), previous: nil, rotatedAt: nil,
                nextRotationAllowedAt: nil, memoryLocked: true))
        shell.daemon.on(
            GetAudit.self, AuditPage(records: chain.records.map(AuditEntry.init), checkpoints: [], publicKeys: [], nextAfter: nil))
        await shell.run("doctor --with-password")
        #expect(shell.local.calls.last == "diagnose without password, testimony: \(ProductVersion.current) true \(age)")
    }

    @Test func `without a data directory it exits 3, with a wrong password 4`() async {
        let absent = Shell()
        absent.local.state.withLock {
            $0.statuses = []
            $0.diagnosis = .failure(.directory(.notInitialised(path: "/d")))
        }
        #expect(await absent.run("doctor").exit == .notAvailable)
        #expect(await absent.run("doctor --with-password").exit == .notAvailable)
        let wrong = Shell(.stopped)
        wrong.local.state.withLock { $0.diagnosis = .failure(.wrongPassword) }
        #expect(await wrong.run("doctor --with-password").exit == .wrongPassword)
    }

    @Test func `the reference has a row for every symptom`() {
        let page = DoctorReference.markdown
        for symptom in Symptom.all { #expect(page.contains("| \(symptom.id) | \(symptom.level.rawValue) | ")) }
    }
}
