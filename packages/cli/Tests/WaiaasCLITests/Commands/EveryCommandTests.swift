import Synchronization
import Testing
import WaiaasAPI
import WaiaasClient
import WaiaasCore

@testable import WaiaasCLI

/// What holds for every command that asks a daemon, and for every output.
struct EveryCommandTests {
    /// A command line of each command that goes through the operator's door.
    static let operatorLines = [
        "agent create --name a", "agent list", "agent show a", "agent suspend a", "agent resume a", "session create --agent a",
        "session list", "session show 01935d3e-8a10-7c3b-a05f-6e7d8c9ba012", "session revoke --all --yes", "secret rotate", "secret status",
        "audit list", "reload", "user add ada", "user list", "user show ada", "user passwd ada", "user disable ada", "user enable ada",
        "client add dashboard", "client list", "client rotate-secret dashboard --yes", "client remove dashboard --yes", "key list",
        "event status", "event rotate", "event rotate --compromised --yes", "event rollback", "event resume", "event abort",
        "event consumer add web-1 --roles keys", "event consumer list", "event consumer remove web-1 --yes", "event target list",
        "event target check", "key rotate", "key rotate --compromised --yes", "key retire 3f9a2c7b1d4e5f60 --yes",
        "key taint 3f9a2c7b1d4e5f60 --yes",
    ]

    @Test(arguments: operatorLines + ["session renew"])
    func `without a daemon it exits 3 with a hint, and asks for no password`(line: String) async {
        let shell = Shell(.stopped)
        #expect(await shell.run(line) == .failed(.notAvailable, "waiaas: no daemon runs in /var/lib/waiaas", "hint: waiaas start"))
        #expect(
            await shell.run(line + " --json")
                == .failed(
                    .notAvailable, #"{"code":"NOT_RUNNING","message":"no daemon runs in /var/lib/waiaas","hint":"waiaas start"}"#))
        #expect(shell.local.calls == [])
    }

    @Test(arguments: operatorLines + ["stop", "status --details", "password change"])
    func `a wrong password exits 4`(line: String) async {
        let shell = Shell()
        let problem = Problem(.invalidMasterPassword)
        shell.daemon.refuse(Shutdown.self, problem)
        shell.daemon.refuse(GetStatus.self, problem)
        shell.daemon.refuse(CreateAgent.self, problem)
        shell.daemon.refuse(ListAgents.self, problem)
        shell.daemon.refuse(IssueSession.self, problem)
        shell.daemon.refuse(ListSessions.self, problem)
        shell.daemon.refuse(GetSession.self, problem)
        shell.daemon.refuse(RevokeSessions.self, problem)
        shell.daemon.refuse(RotateSecret.self, problem)
        shell.daemon.refuse(GetSecrets.self, problem)
        shell.daemon.refuse(GetAudit.self, problem)
        shell.daemon.refuse(ReloadConfiguration.self, problem)
        shell.daemon.refuse(ChangeMasterPassword.self, problem)
        shell.daemon.refuse(CreateUser.self, problem)
        shell.daemon.refuse(ListUsers.self, problem)
        shell.daemon.refuse(GetUser.self, problem)
        shell.daemon.refuse(UpdateUser.self, problem)
        shell.daemon.refuse(CreateClient.self, problem)
        shell.daemon.refuse(ListClients.self, problem)
        shell.daemon.refuse(RotateClientSecret.self, problem)
        shell.daemon.refuse(RemoveClient.self, problem)
        shell.daemon.refuse(ListKeys.self, problem)
        shell.daemon.refuse(RotateKey.self, problem)
        shell.daemon.refuse(RemoveKey.self, problem)
        shell.daemon.refuse(GetEventStatus.self, problem)
        shell.daemon.refuse(RotateEventSecret.self, problem)
        shell.daemon.refuse(RollBackEventRotation.self, problem)
        shell.daemon.refuse(ResumeEventRotation.self, problem)
        shell.daemon.refuse(AbortEventRotation.self, problem)
        shell.daemon.refuse(CreateEventConsumer.self, problem)
        shell.daemon.refuse(ListEventConsumers.self, problem)
        shell.daemon.refuse(RemoveEventConsumer.self, problem)
        shell.daemon.refuse(CheckEventTargets.self, problem)
        #expect(await shell.run(line) == .failed(.wrongPassword, "waiaas: the master password is wrong"))
    }

    @Test func `without a password it says where one could come from`() async {
        let shell = Shell()
        shell.local.state.withLock { $0.passwordFault = PasswordFault.none }
        let outcome = await shell.run("agent list")
        #expect(outcome.exit == .failure)
        #expect(outcome.error.hasPrefix("waiaas: no master password: use --password-file"))
    }

    @Test(arguments: [
        (ClientError.unreachable(reason: "no such file"), ExitCode.notAvailable, "the daemon cannot be reached: no such file"),
        (.interrupted(reason: "no answer in time"), .failure, "the call broke off: no answer in time"),
        (.unexpectedAnswer(status: 200, reason: "no JSON"), .failure, "the daemon's answer cannot be read: no JSON"),
        (.invalidAddress("x"), .failure, "the daemon's address cannot be used: x"),
        (
            .unprotected(address: "http://192.0.2.1:1"), .failure,
            "http://192.0.2.1:1 is not this machine and speaks no TLS: the token was not sent"
        ),
        (.unsendableCredential, .failure, "the credential holds a character that cannot be sent"),
    ])
    func `why a call failed is one line`(error: ClientError, exit: ExitCode, line: String) async {
        let shell = Shell()
        shell.daemon.on(ListAgents.self) { (_, _) throws(ClientError) in throw error }
        let outcome = await shell.run("agent list")
        #expect(outcome.exit == exit)
        #expect(outcome.error.hasPrefix("waiaas: \(line)\n"))
    }

    @Test func `nobody reads standard output: it ends quietly`() async {
        let shell = Shell()
        shell.console.failOutput(.closed)
        #expect(await shell.run("version") == .failed(.failure))
        #expect(await shell.run("help") == .failed(.failure))
    }

    @Test func `a full disk behind standard output is said`() async {
        let shell = Shell()
        shell.console.failOutput(.unwritable(reason: "No space left on device"))
        #expect(await shell.run("version") == .failed(.failure, "waiaas: the output cannot be written: No space left on device"))
    }

    @Test(arguments: [
        ("", "waiaas: no command", "hint: waiaas --help shows how it is used"),
        ("sesion list", "waiaas: unknown command: sesion", "hint: did you mean waiaas session?"),
        ("session lst", "waiaas: unknown command: session lst", "hint: did you mean waiaas session list?"),
        ("session", "waiaas: session: which one?", "hint: waiaas session --help shows how it is used"),
        ("agent list --jsn", "waiaas: unknown option: --jsn", "hint: did you mean --json?"),
        (
            "--data-dir /d status", "waiaas: --data-dir stands before the command",
            "hint: options follow the command, as in waiaas status --json"
        ),
        (
            "agent list --limit 0", "waiaas: --limit must be a whole number from 1 to 100, not '0'",
            "hint: waiaas agent list --help shows how it is used"
        ),
    ])
    func `a wrong command line exits 1 and says how it is used`(line: String, message: String, hint: String) async {
        let shell = Shell()
        #expect(await shell.run(line) == .failed(.failure, message, hint))
    }

    @Test func `a value in the wrong place is not shown again`() async {
        let outcome = await Shell().run("agent list --master-password=correcthorsebattery")
        #expect(!outcome.error.contains("correcthorse"))
    }

    @Test func `errors of the command line are JSON too when that was asked for`() async {
        #expect(
            await Shell().run("agent lst --json")
                == .failed(
                    .failure,
                    #"{"code":"USAGE","message":"unknown command: agent lst","hint":"did you mean waiaas agent list?"}"#))
    }
}
