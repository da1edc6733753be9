import Synchronization
import Testing
import WaiaasAPI
@testable import WaiaasCLI
import WaiaasClient
import WaiaasCore
import WaiaasTestSupport

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
        shell.daemon.stream(.success(pictures + [Self.end]), .success(pictures))
        #expect(
            await shell.run("panel watch build --user ada")
                == .said(["<svg>", #"\u{1b}[2J1</svg>"#, "<svg>", #"\u{1b}[2J2</svg>"#], notes: ["the panel has ended"]))
        #expect(shell.daemon.calls == ["anybody at 127.0.0.1:3100", "watch /stream/ada/build"])
        #expect(shell.local.calls == [], "no password is asked for")
        #expect(
            await shell.run("panel watch build --count 1 --json") == .printed(#"{"version":"1","svg":"<svg>\n\u001b[2J1</svg>"}"#))
        #expect(shell.daemon.calls.last == "watch /stream/build")
    }

    private static let end = StreamedEvent(kind: "end", id: nil, data: "ended")

    private static func picture(_ number: Int, version: Int? = nil) -> StreamedEvent {
        StreamedEvent(kind: "message", id: "\(version ?? number)", data: "<svg>\(number)</svg>")
    }

    private static let broken = "warning: the stream broke off; waiting for the daemon to come back"

    @Test func `watch comes back after each break, tells it once, and prints no picture twice`() async {
        let begun = shell.clock.clocks.now.continuous
        shell.daemon.stream(
            .success([Self.picture(1)]), .failure(.unreachable(reason: "refused")), .failure(.interrupted(reason: "broken")), .success([]),
            .success([Self.picture(1), Self.picture(2)]), .failure(.unexpectedAnswer(status: 502, reason: "a proxy")),
            .success([Self.picture(2, version: 7), Self.picture(1), Self.end]))
        // A daemon that was started again counts anew, and so does a session of the same id that was made anew.
        #expect(
            await shell.run("panel watch build --user ada")
                == .said(["<svg>1</svg>", "<svg>2</svg>", "<svg>1</svg>"], notes: [Self.broken, Self.broken, "the panel has ended"]))
        let watches = shell.daemon.calls.filter { $0.hasPrefix("watch") }.map { $0.dropFirst("watch /stream/ada/build".count) }
        #expect(watches == ["", " after 1", " after 1", " after 1", " after 1", " after 2", " after 2"])
        // 0.25, 0.5, 1 and 2 seconds, and after it was live again 0.25 and 0.5.
        #expect(shell.clock.clocks.now.continuous - begun == .milliseconds(4_500))
    }

    @Test func `a watcher that waits keeps to Retry-After, and tells a program of the wait as one object`() async {
        let begun = shell.clock.clocks.now.continuous
        let busy = Problem(.tooManyStreams)
        shell.daemon.stream(
            .success([Self.picture(1)]),
            .failure(.refused(Refusal(status: 503, answer: ProblemAnswer(busy, requestId: "req_1"), retryAfterSeconds: 7))),
            .success([Self.picture(2)]))
        let outcome = await shell.run("panel watch build --count 2 --json")
        #expect(outcome.output == #"{"version":"1","svg":"<svg>1</svg>"}"# + "\n" + #"{"version":"2","svg":"<svg>2</svg>"}"# + "\n")
        #expect(
            outcome.error == #"{"warning":"the stream broke off; waiting for the daemon to come back"}"# + "\n" && outcome.exit == .success)
        #expect(shell.clock.clocks.now.continuous - begun == .milliseconds(7_250))
    }

    @Test(arguments: [ProblemCode.panelNotFound, .invalidToken, .forbidden, .publicSessionsClosed])
    func `a refusal that will not heal ends a watcher with its reason`(code: ProblemCode) async {
        let problem = Problem(code)
        let refusal = ClientError.refused(
            Refusal(status: code.status, answer: ProblemAnswer(problem, requestId: "req_1"), retryAfterSeconds: nil))
        shell.daemon.stream(.success([Self.picture(1)]), .failure(refusal))
        let outcome = await shell.run("panel watch build --user ada")
        #expect(outcome.exit == .failure && outcome.output == "<svg>1</svg>\n")
        #expect(outcome.error.hasPrefix(Self.broken + "\nwaiaas: "), "\(outcome.error)")
    }

    @Test(arguments: [ClientError.unreachable(reason: "refused"), .interrupted(reason: "broken")])
    func `a stream that never began is not waited for`(error: ClientError) async {
        shell.daemon.stream(.failure(error))
        #expect(await shell.run("panel watch build --user ada").exit != .success)
        shell.daemon.stream(.success([]))
        #expect(await shell.run("panel watch build --user ada").exit == .failure, "a stream that breaks off is no end")
    }

    @Test func `a watcher waits for a daemon that has stopped, and for one that does not listen yet`() async {
        shell.become(.running, .stopped, .starting, .running)
        shell.daemon.stream(.success([Self.picture(1)]), .success([Self.picture(2), Self.end]))
        #expect(
            await shell.run("panel watch build --user ada")
                == .said(["<svg>1</svg>", "<svg>2</svg>"], notes: [Self.broken, "the panel has ended"]))
    }

    @Test func `the pauses between two tries grow to five seconds, each with some chance in it`() {
        func pauses(_ word: UInt64) -> [Duration] {
            var pauses = ReconnectPauses(randomness: Randomness { word })
            return (0..<7).map { _ in pauses.next() }
        }
        #expect(pauses(0) == [.milliseconds(250), .milliseconds(500), .seconds(1), .seconds(2), .seconds(4), .seconds(5), .seconds(5)])
        for word in [1, 77_777, UInt64.max] {
            let drawn = pauses(word)
            #expect(zip(drawn, pauses(0)).allSatisfy { $0 <= $1 && $0 * 2 > $1 && $0 >= .milliseconds(250) }, "\(drawn)")
        }
    }

    @Test(arguments: ["panel create build --user ada --template build.svg", "panel list --user ada", "panel delete build --user ada"])
    func `without a daemon it exits 3 and asks for no password`(line: String) async {
        let shell = Shell(.stopped)
        shell.console.put("<svg/>", into: .file(path: "build.svg"))
        #expect(await shell.run(line) == .failed(.notAvailable, "waiaas: no daemon runs in /var/lib/waiaas", "hint: waiaas start"))
        #expect(shell.local.calls == [])
    }
}
