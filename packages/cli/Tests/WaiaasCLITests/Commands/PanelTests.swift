import Synchronization
import Testing
import WaiaasAPI
import WaiaasCLI
import WaiaasClient
import WaiaasCore

/// `panel create|update|list|delete`.
struct PanelTests {
    private let shell: Shell
    private let signedIn = [
        "anybody at 127.0.0.1:3100",
        #"POST /api/auth/token {"user_id":"ada","password":"correct horse battery st","ttl_seconds":300,"refresh":"none"}"#,
        "user at 127.0.0.1:3100 with \(UserGrant.example.token)",
    ]

    init() {
        shell = Shell()
        shell.daemon.on(IssueUserToken.self, .example)
        shell.daemon.on(CreatePanel.self, .example)
        shell.daemon.on(UpdatePanel.self, NoContent())
        shell.daemon.on(ListPanels.self, .example)
        shell.daemon.on(DeletePanel.self, NoContent())
        shell.console.put("<svg>\n{{ color }}</svg>\n", into: .file(path: "build.svg"))
        shell.console.put(#"{ "color": "red" }"#, into: .file(path: "build.json"))
    }

    @Test func `create signs in as the user for itself alone, and says where the picture is`() async {
        let outcome = await shell.run("panel create build --user ada --template build.svg --args-file build.json --ttl 60")
        #expect(outcome == .printed("panel   build", "user    ada", "stream  http://127.0.0.1:3100/stream/ada/build"))
        #expect(shell.local.calls == ["password user -"])
        #expect(
            shell.daemon.calls == signedIn + [
                #"POST /api/user/ada/session {"session_id":"build","template":"<svg>\n{{ color }}</svg>\n","args":{ "color": "red" },"#
                    + #""ttl_seconds":60}"#
            ])
        #expect(
            await shell.run("panel create build --user ada --template build.svg --json")
                == .printed(#"{"user_id":"ada","session_id":"build","stream":"http://127.0.0.1:3100/stream/ada/build"}"#))
    }

    @Test func `update sends what is given, and nothing else`() async {
        #expect(await shell.run(["panel", "update", "build", "--user", "ada", "--args", "{}"]) == .printed("panel build of ada updated"))
        #expect(shell.daemon.calls == signedIn + [#"PUT /api/user/ada/session/build {"args":{}}"#])
        #expect(await shell.run("panel update build --user ada --template build.svg").exit == .success)
        #expect(shell.daemon.calls.last == #"PUT /api/user/ada/session/build {"template":"<svg>\n{{ color }}</svg>\n"}"#)
    }

    @Test func `list prints an aligned table`() async {
        #expect(
            await shell.run("panel list --user ada --user-password-file ada.password")
                == .printed("ID     MADE                      LEFT", "build  2026-11-21T10:15:30.000Z  30 min"))
        #expect(shell.local.calls == ["password user ada.password"])
        #expect(shell.daemon.calls.last == "GET /api/user/ada/sessions")
        #expect(await shell.run("panel list --user ada --json") == .printed(String(decoding: PanelList.example.encoded(), as: UTF8.self)))
    }

    @Test func `delete removes one`() async {
        #expect(await shell.run("panel delete build --user ada") == .printed("panel build of ada deleted"))
        #expect(shell.daemon.calls.last == "DELETE /api/user/ada/session/build")
    }

    @Test(arguments: [
        ("panel create build --user ada", "--template is missing"),
        ("panel update build --user ada", "--args, --args-file or --template is missing"),
        ("panel update build --user ada --args {} --args-file build.json", "--args and --args-file exclude each other"),
        ("panel update build --user ada --args []", "the arguments are no JSON object"),
        ("panel update build --user ada --args {", "the arguments are no JSON: line 1, column 2: the document ends too early"),
    ])
    func `what cannot be meant is said before anybody is asked for a password`(line: String, message: String) async {
        let outcome = await shell.run(line)
        #expect(outcome.exit == .failure)
        #expect(outcome.error.hasPrefix("waiaas: \(message)\n"), "\(outcome.error)")
        #expect(shell.local.calls == [] && shell.daemon.calls == [])
    }

    @Test func `a fault of the template is told with its place, and a wrong password exits 4`() async {
        shell.daemon.refuse(
            CreatePanel.self, Problem(.templateRefused, message: "line 2, column 4: `colour` is not there.", details: ["line": 2]))
        #expect(
            await shell.run("panel create build --user ada --template build.svg")
                == .failed(
                    .failure, "waiaas: line 2, column 4: `colour` is not there", "hint: docs/templates.md says what a template may hold"))
        shell.daemon.refuse(IssueUserToken.self, Problem(.invalidCredentials))
        #expect(await shell.run("panel list --user ada").exit == .wrongPassword)
    }

    @Test func `watch prints each picture until the panel ends, or as many as were asked for`() async {
        let pictures = [1, 2].map { StreamedEvent(kind: "message", id: "\($0)", data: "<svg>\n\u{1b}[2J\($0)</svg>") }
        shell.daemon.stream(pictures[0], pictures[1], StreamedEvent(kind: "end", id: nil, data: ""))
        #expect(
            await shell.run("panel watch build --user ada")
                == .said(["<svg>", #"\u{1b}[2J1</svg>"#, "<svg>", #"\u{1b}[2J2</svg>"#], notes: ["the panel has ended"]))
        #expect(shell.daemon.calls == ["anybody at 127.0.0.1:3100", "watch /stream/ada/build"])
        #expect(shell.local.calls == [], "no password is asked for")
        #expect(
            await shell.run("panel watch build --count 1 --json") == .printed(#"{"version":"1","svg":"<svg>\n\u001b[2J1</svg>"}"#))
        #expect(shell.daemon.calls.last == "watch /stream/build")
        shell.daemon.stream(pictures[0])
        #expect(await shell.run("panel watch build --user ada").exit == .failure, "a stream that breaks off is no end")
    }

    @Test(arguments: ["panel create build --user ada --template build.svg", "panel list --user ada", "panel delete build --user ada"])
    func `without a daemon it exits 3 and asks for no password`(line: String) async {
        let shell = Shell(.stopped)
        shell.console.put("<svg/>", into: .file(path: "build.svg"))
        #expect(await shell.run(line) == .failed(.notAvailable, "waiaas: no daemon runs in /var/lib/waiaas", "hint: waiaas start"))
        #expect(shell.local.calls == [])
    }
}
