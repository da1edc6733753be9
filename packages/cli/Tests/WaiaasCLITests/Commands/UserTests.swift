import Synchronization
import Testing
import WaiaasAPI
import WaiaasCore

/// `user add|list|show|passwd|disable|enable`.
struct UserTests {
    private let shown = [
        "user      ada",
        "status    DISABLED",
        "added     2026-11-21T10:15:30.000Z",
        "changed   2026-11-21T10:20:30.000Z (54 d 21 h ago)",
        "disabled  2026-11-21T10:20:30.000Z (54 d 21 h ago)",
    ]
    private let ended =
        "their logins have ended and tokens issued before are refused here; programs that verify tokens by themselves take them to their end"

    private func fresh() throws -> UserSummary {
        UserSummary(
            userId: try #require(UserID("ada")), status: .active, createdAt: UserSummary.example.createdAt,
            updatedAt: UserSummary.example.createdAt)
    }

    @Test func `add asks for the master password, then for the user's, and shows the user`() async throws {
        let shell = Shell()
        shell.daemon.on(CreateUser.self, try fresh())
        #expect(
            await shell.run("user add ada") == .printed("user    ada", "status  ACTIVE", "added   2026-11-21T10:15:30.000Z"))
        #expect(shell.local.calls == ["password unlock -", "password user -"])
        #expect(
            shell.daemon.calls == [
                "operator at /var/lib/waiaas with a password of 24 bytes",
                #"POST /v1/users {"userId":"ada","password":"correct horse battery st"}"#,
            ])
    }

    @Test(arguments: ["user add ada", "user passwd ada"])
    func `the user's password has its own file, beside the master password's`(line: String) async {
        let shell = Shell()
        shell.daemon.on(CreateUser.self, .example)
        shell.daemon.on(UpdateUser.self, .example)
        #expect(await shell.run(line + " --password-file master --user-password-file ada.password").exit == .success)
        #expect(shell.local.calls == ["password unlock master", "password user ada.password"])
    }

    @Test(arguments: [
        (PasswordFault.noUserPassword, "no password for the user: use --user-password-file, a line of standard input, or a terminal"),
        (.unfit(.userFile(path: "p"), .tooFewCharacters), "the user's password from p has fewer than 8 characters"),
        (.unfit(.userInput, .tooManyCharacters), "the user's password from standard input has more than 1024 characters"),
        (
            .unreadable(.userFile(path: "p"), reason: "No such file or directory"),
            "the user's password cannot be read from p: No such file or directory"
        ),
        (.mismatch, "the two passwords differ"),
    ])
    func `a password that cannot be used is refused before anything is sent`(fault: PasswordFault, line: String) async {
        for command in ["user add ada", "user passwd ada"] {
            let shell = Shell()
            shell.local.state.withLock { $0.userPasswordFault = fault }
            #expect(await shell.run(command) == .failed(.failure, "waiaas: \(line)"))
            #expect(shell.daemon.calls.count == 1, "the door alone")
            #expect(
                await shell.run(command + " --json")
                    == .failed(.failure, #"{"code":"USER_PASSWORD_UNUSABLE","message":"\#(line)"}"#))
        }
    }

    @Test func `list prints an aligned table, and how to go on`() async {
        let shell = Shell()
        shell.daemon.on(ListUsers.self, .example)
        #expect(
            await shell.run("user list --limit 1 --cursor aaron")
                == .said(
                    ["USER  STATUS    ADDED", "ada   DISABLED  2026-11-21T10:15:30.000Z"], notes: ["there are more: --cursor ada"]))
        #expect(shell.daemon.calls.last == "GET /v1/users?limit=1&cursor=aaron")
        #expect(await shell.run("user list --json") == .printed(String(decoding: UserPage.example.encoded(), as: UTF8.self)))
    }

    @Test func `show asks for one user`() async {
        let shell = Shell()
        shell.daemon.on(GetUser.self, .example)
        #expect(await shell.run("user show ada") == .said(shown, notes: []))
        #expect(shell.daemon.calls.last == "GET /v1/users/ada")
    }

    @Test func `REF-12 a new password and a disabling say what they ended, and where that is not seen`() async {
        let shell = Shell()
        shell.daemon.on(UpdateUser.self, .example)
        #expect(await shell.run("user passwd ada") == .said(shown, notes: [ended]))
        #expect(shell.daemon.calls.last == #"PATCH /v1/users/ada {"password":"correct horse battery st"}"#)
        #expect(await shell.run("user disable ada") == .said(shown, notes: [ended]))
        #expect(shell.daemon.calls.last == #"PATCH /v1/users/ada {"status":"DISABLED"}"#)
        #expect(await shell.run("user enable ada") == .said(shown, notes: []))
        #expect(shell.daemon.calls.last == #"PATCH /v1/users/ada {"status":"ACTIVE"}"#)
    }

    @Test(arguments: ["user show nobody", "user passwd nobody", "user disable nobody", "user enable nobody"])
    func `a user who does not exist is said not to`(line: String) async {
        let shell = Shell()
        shell.daemon.refuse(GetUser.self, Problem(.userNotFound))
        shell.daemon.refuse(UpdateUser.self, Problem(.userNotFound))
        #expect(
            await shell.run(line) == .failed(.failure, "waiaas: there is no such user", "hint: waiaas user list shows the users"))
    }

    @Test func `a name that is taken names the command that was meant`() async {
        let shell = Shell()
        shell.daemon.refuse(CreateUser.self, Problem(.userExists))
        #expect(
            await shell.run("user add ada")
                == .failed(
                    .failure, "waiaas: a user of this name exists", "hint: waiaas user passwd USER gives a user another password"))
    }

    @Test(arguments: ["a b", "..", "ada/x", ""])
    func `a name that no user can have is not sent`(name: String) async {
        let shell = Shell()
        #expect(await shell.run(["user", "show", name]).exit == .failure)
        #expect(shell.daemon.calls == [])
    }
}
