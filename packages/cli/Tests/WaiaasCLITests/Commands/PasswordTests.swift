import Synchronization
import Testing
import WaiaasAPI
import WaiaasCore

/// `password change`.
struct PasswordTests {
    private let note = "what gives the daemon its password at a start (a file, a credential, a variable) must hold the new one by then"

    @Test func `beside a daemon it goes through the operator's door, the new password from its own file`() async {
        let shell = Shell()
        shell.daemon.on(ChangeMasterPassword.self, .example)
        #expect(
            await shell.run("password change --password-file old --new-password-file new")
                == .said(["master password changed: the running daemon takes the new one alone from now on"], notes: [note]))
        #expect(shell.local.calls == ["password unlock old", "password replace new"])
        #expect(
            shell.daemon.calls == [
                "operator at /var/lib/waiaas with a password of 24 bytes", "a new password of 24 bytes", "PUT /v1/admin/master-password",
            ])
    }

    @Test func `while none runs it works on the data directory`() async {
        let shell = Shell(.stopped)
        shell.local.state.withLock { $0.change = .success(()) }
        #expect(
            await shell.run("password change --json")
                == .printed(#"{"changed":true,"online":false,"dataDirectory":"/var/lib/waiaas"}"#))
        #expect(shell.local.calls == ["password unlock -", "password replace -", "change password"])
    }

    @Test(arguments: [
        (LocalInstanceError.wrongPassword, ExitCode.wrongPassword, "wrong master password"),
        (.password(.unchanged), .failure, "the new master password is the one in force"),
        (.password(.mismatch), .failure, "the two passwords differ"),
    ])
    func `what went wrong offline is a line and an exit code`(error: LocalInstanceError, exit: ExitCode, line: String) async {
        let shell = Shell(.stopped)
        shell.local.state.withLock { $0.change = .failure(error) }
        #expect(await shell.run("password change") == .failed(exit, "waiaas: \(line)"))
    }

    @Test func `a new password that breaks the rules is refused with the rule`() async {
        let shell = Shell()
        let issue = SchemaIssue(
            path: "header.X-New-Master-Password", code: .format, message: "the new master password is the one in force",
            expected: "another",
            received: "another")
        shell.daemon.refuse(ChangeMasterPassword.self, .validation([issue]))
        let outcome = await shell.run("password change")
        #expect(outcome.exit == .failure)
        #expect(outcome.error.hasPrefix("waiaas: header.X-New-Master-Password: the new master password is the one in force"))
    }
}
