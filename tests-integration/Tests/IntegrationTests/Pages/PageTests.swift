import Testing
import WaiaasCore

/// The page of panels in a real browser. The limit counts from when all tests begin, so it has the wait for a place in it.
@Suite("The page in a browser", .enabled(if: WebDriver.isInstalled, "\(WebDriver.missing)"), .timeLimit(.minutes(20)))
struct PageTests {
    private static let box = """
        <svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">
          <rect width="200" height="100" fill="{{ colour }}"/>
        </svg>
        """
    private static let (crimson, seagreen, navy) = ("220,20,60", "46,139,87", "0,0,128")

    private func signIn(_ browser: Browser, _ daemon: DaemonProcess) async throws {
        try await browser.go(to: daemon.url + "/")
        try await browser.waits(for: "!document.getElementById('view-sign-in').hidden")
        try await browser.type("ada", into: "#sign-in input[name=user]")
        try await browser.type(daemon.userPassword, into: "#sign-in input[name=password]")
        try await browser.click("#sign-in button")
        try await browser.waits(for: "!document.getElementById('view-list').hidden")
    }

    private func save(_ browser: Browser, _ arguments: String) async throws {
        try await browser.replace("arguments", with: arguments)
        try await browser.click("#editor button.primary")
        try await browser.waits(for: "document.getElementById('saved').textContent.startsWith('Saved')")
    }

    private func makeBox(_ browser: Browser) async throws {
        try await browser.click("#new-panel")
        try await browser.waits(for: "!document.getElementById('view-editor').hidden")
        try await browser.type("box", into: "#editor input[name=id]")
        try await browser.replace("template", with: Self.box)
        try await save(browser, #"{"colour": "crimson"}"#)
        try await browser.waits(for: "location.pathname === '/session/ada/box'")
    }

    /// How many streams were begun: a viewer needs one, whatever it shows.
    private func streamsOpened(_ daemon: DaemonProcess) async throws -> Int? {
        let page = try await daemon.socket.send(Request("GET", "/metrics", as: daemon.operator)).text
        return page.firstMatch(of: #/\nwaiaas_streams_opened_total ([0-9]+)/#).flatMap { Int($0.1) }
    }

    @Test func `a panel changes before the eyes of its viewers, on this page and on one of another origin, over one connection`()
        async throws
    {
        try await World.withDaemon { daemon in
            try await daemon.user("ada")
            let other = try await OtherOrigin(in: daemon.world, showing: daemon.url + "/stream/ada/box")
            try await Browser.open(in: daemon.world) { browser in
                try await signIn(browser, daemon)
                try await browser.screenshot("1-no-panels")
                try await makeBox(browser)
                try await browser.waits(for: Self.crimson, of: "preview")
                try await browser.screenshot("2-crimson")
                #expect(try await streamsOpened(daemon) == 1)

                let page = try await browser.newTab()
                try await browser.go(to: other.url)
                try await browser.waits(for: "document.getElementById('preview').naturalWidth > 0")
                try await browser.waits(for: Self.crimson, of: "preview")
                let elsewhere = try await browser.tab()

                try await browser.show(tab: page)
                try await save(browser, #"{"colour": "seagreen"}"#)
                try await browser.waits(for: Self.seagreen, of: "preview", within: .seconds(5))
                try await browser.screenshot("3-seagreen")
                try await browser.show(tab: elsewhere)
                try await browser.waits(for: Self.seagreen, of: "preview", within: .seconds(5))
                try await browser.screenshot("4-another-origin")
                #expect(try await streamsOpened(daemon) == 2, "one for each viewer, whatever was shown")
                try await browser.expectNoViolation()
            }
        }
    }

    @Test func `after a restart of the daemon the picture comes back by itself, and the next change with it`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            try await daemon.user("ada")
            try await Browser.open(in: world) { browser in
                try await signIn(browser, daemon)
                try await makeBox(browser)
                try await browser.waits(for: Self.crimson, of: "preview")
                #expect(try await daemon.stop() == .code(0))
                try await browser.waits(for: "document.getElementById('saved').textContent.startsWith('The daemon does not answer')")

                let again = try await world.start("--port \(daemon.port)")
                try await eventually("the page asks for the stream again") { try await streamsOpened(again) == 1 }
                try await save(browser, #"{"colour": "navy"}"#)
                try await browser.waits(for: Self.navy, of: "preview")
            }
        }
    }

    @Test(.enabled(if: MovingClock.isInstalled, "\(MovingClock.missing)"))
    func `the login survives a reload and a quarter of an hour, and ends with signing out`() async throws {
        try await World.inside { world in
            let clock = try MovingClock(in: world, moving: .all)
            let daemon = try await world.start(clock: clock)
            try await daemon.user("ada")
            try await Browser.open(in: world) { browser in
                try await signIn(browser, daemon)
                try await makeBox(browser)
                try await browser.go(to: daemon.url + "/session/ada/box")
                try await browser.waits(
                    for: "document.getElementById('user').textContent === 'ada' && document.getElementById('template').value")
                #expect(try await browser.value("localStorage.length + sessionStorage.length")?.integer == 0)
                #expect(try await browser.value("document.cookie")?.string == "")

                try clock.move(by: .seconds(16 * 60))
                try await save(browser, #"{"colour": "navy"}"#)
                try await browser.waits(for: Self.navy, of: "preview")
                #expect(try await browser.value("document.getElementById('notice').hidden")?.bool == true)

                try await browser.click("#sign-out")
                try await browser.waits(for: "!document.getElementById('view-sign-in').hidden")
                try await browser.go(to: daemon.url + "/")
                try await browser.waits(for: "!document.getElementById('view-sign-in').hidden")
                #expect(try await browser.value("document.getElementById('account').hidden")?.bool == true)
                try await browser.expectNoViolation()
            }
        }
    }

    @Test func `a fault is shown at its line, and the picture stays`() async throws {
        try await World.withDaemon { daemon in
            try await daemon.user("ada")
            try await Browser.open(in: daemon.world) { browser in
                try await signIn(browser, daemon)
                try await makeBox(browser)
                try await browser.waits(for: Self.crimson, of: "preview")
                try await browser.replace("template", with: Self.box.replacing("{{ colour }}", with: "{{ colour | uper }}"))
                try await browser.click("#editor button.primary")
                try await browser.waits(for: "!document.getElementById('template-fault').hidden")
                let words = try await browser.value("document.getElementById('template-fault').textContent")?.string ?? ""
                #expect(words.hasPrefix("Line 2, column 52: ") && words.contains("did you mean `upper`?"), "\(words)")
                #expect(try await browser.value("document.querySelector('.faulty').textContent")?.string == "2")
                try await browser.screenshot("5-fault")
                #expect(try await browser.colour(of: "preview") == Self.crimson)
                try await browser.replace("template", with: Self.box)
                try await browser.replace("arguments", with: "{\n  \"colour\" 1\n}")
                try await browser.click("#editor button.primary")
                try await browser.waits(for: "document.getElementById('arguments-fault').textContent.startsWith('Line 2, column 12')")
                try await browser.click("a.brand")
                try await browser.waits(for: "!document.getElementById('view-list').hidden")
                try await browser.screenshot("6-list")
                try await browser.click("#list td button")
                try await browser.click("#confirm .danger")
                try await browser.waits(for: "!document.getElementById('list-empty').hidden")
                try await browser.expectNoViolation()
            }
        }
    }
}

extension Browser {
    /// The console names no violation of the page's policy, and nothing that the script did not expect.
    fileprivate func expectNoViolation() async throws {
        // A refusal of the daemon (401 before the first login, 422 for a fault) is an entry of the console; the page expects those.
        let rest = try await console().filter { !$0.contains("the server responded with a status of 4") }
        #expect(rest == [])
    }
}

/// A page on another port that shows a panel.
private struct OtherOrigin {
    let url: String

    init(in world: World, showing panel: String) async throws {
        try Files.makeFolder(world.path("site"))
        try Files.write(
            "<!doctype html><title>elsewhere</title><img id=\"preview\" src=\"\(panel)\" alt=\"a panel\">",
            to: world.path("site/index.html"))
        let server = try world.spawn(
            "/usr/bin/python3", ["-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", world.path("site")])
        url = try await eventually("a server elsewhere: \(server.errors)") {
            server.output.firstMatch(of: #/\((http:[^)]+)\)/#).map { String($0.1) }
        }
    }
}
