import Foundation
import WaiaasCore

/// A browser as somebody uses it. It is closed when the story ends.
struct Browser: Sendable {
    private let driver: WebDriver
    private let session: String
    private let screenshots: String

    private init(_ driver: WebDriver, _ session: String) throws {
        self.driver = driver
        self.session = "/session/\(session)"
        screenshots = Variables["WAIAAS_SCREENSHOTS"] ?? Binary.repository + "/.build/screenshots"
        try FileManager.default.createDirectory(atPath: screenshots, withIntermediateDirectories: true)
    }

    /// Tells a story with a browser of its own.
    static func open(in world: World, _ story: (Browser) async throws -> Void) async throws {
        let driver = try await WebDriver(in: world)
        // A page with an endless picture never ends loading: the driver must not wait for it. As root there is no sandbox.
        let wishes = """
            {"capabilities":{"alwaysMatch":{"browserName":"chrome","pageLoadStrategy":"none","goog:loggingPrefs":{"browser":"ALL"},
            "goog:chromeOptions":{"args":["--headless=new","--no-sandbox","--disable-gpu","--disable-dev-shm-usage","--window-size=1280,900"]}}}}
            """
        let id = try await driver.command("POST", "/session", wishes)?.member("sessionId")?.string ?? ""
        let browser = try Browser(driver, id)
        do { try await story(browser) } catch {
            _ = try? await browser.screenshot("failed")
            _ = try? await driver.command("DELETE", browser.session)
            throw error
        }
        try await driver.command("DELETE", browser.session)
    }

    func go(to url: String) async throws { try await post("/url", ["url": url]) }

    /// The value of an expression in the page.
    func value(_ expression: String) async throws -> JSONNode? {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("script", "return \(expression)")
        writer.key("args")
        writer.beginArray()
        writer.endArray()
        writer.endObject()
        return try await driver.command("POST", session + "/execute/sync", String(decoding: writer.bytes, as: UTF8.self))
    }

    /// Waits until an expression is true.
    func waits(for expression: String, within limit: Duration = .seconds(30)) async throws {
        // While a page is replaced by another one there is nothing to ask.
        try await eventually(expression, within: limit) { (try? await value("Boolean(\(expression))")?.bool) == true }
    }

    func click(_ selector: String) async throws { try await post("/element/\(try await element(selector))/click", [:]) }

    /// Types where somebody clicked.
    func type(_ text: String, into selector: String) async throws {
        try await post("/element/\(try await element(selector))/value", ["text": text])
    }

    /// Replaces a text, as somebody who selects all of it and pastes.
    func replace(_ id: String, with text: String) async throws {
        var writer = JSONWriter()
        writer.string(text)
        let quoted = String(decoding: writer.bytes, as: UTF8.self)
        _ = try await value(
            "(() => { const a = document.getElementById('\(id)'); a.value = \(quoted); a.dispatchEvent(new Event('input')); })()")
    }

    /// The tab that is shown.
    func tab() async throws -> String { try await driver.command("GET", session + "/window")?.string ?? "" }

    /// Opens a tab and goes to it; answers the one before.
    func newTab() async throws -> String {
        let before = try await tab()
        try await show(tab: try await driver.command("POST", session + "/window/new", #"{"type":"tab"}"#)?.member("handle")?.string ?? "")
        return before
    }

    /// Goes to a tab.
    func show(tab: String) async throws { try await post("/window", ["handle": tab]) }

    /// Keeps a picture of the page as test output.
    @discardableResult
    func screenshot(_ name: String) async throws -> String {
        let picture = try await driver.command("GET", session + "/screenshot")?.string ?? ""
        if let bytes = Data(base64Encoded: picture) { try bytes.write(to: URL(fileURLWithPath: "\(screenshots)/\(name).png")) }
        return picture
    }

    /// The colour of the pixel in the middle of an element as the screen shows it: `220,20,60`.
    ///
    /// The browser itself reads the picture of its screen, in a tab without any policy.
    func colour(of id: String) async throws -> String {
        let place = try await value(
            "(() => { const b = document.getElementById('\(id)').getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()"
        )
        let numbers = place?.elements.map { $0.compactMap(\.double) } ?? []
        guard numbers.count == 2 else { return "nothing" }
        let picture = try await screenshot("last-look")
        let tab = try await newTab()
        let script = """
            const [picture, x, y, done] = arguments; const image = new Image();
            image.onload = () => { const canvas = document.createElement("canvas"); canvas.width = image.width; canvas.height = image.height;
            const context = canvas.getContext("2d"); context.drawImage(image, 0, 0);
            done(Array.from(context.getImageData(x, y, 1, 1).data.slice(0, 3)).join(",")); };
            image.src = "data:image/png;base64," + picture;
            """
        var writer = JSONWriter(reserving: picture.utf8.count + 1_024)
        writer.beginObject()
        writer.member("script", script)
        writer.key("args")
        writer.beginArray()
        writer.string(picture)
        writer.integer(Int64(numbers[0]))
        writer.integer(Int64(numbers[1]))
        writer.endArray()
        writer.endObject()
        let colour = try await driver.command("POST", session + "/execute/async", String(decoding: writer.bytes, as: UTF8.self))?.string
        try await driver.command("DELETE", session + "/window")
        try await show(tab: tab)
        return colour ?? "nothing"
    }

    /// Waits until an element shows a colour.
    func waits(for colour: String, of id: String, within limit: Duration = .seconds(30)) async throws {
        try await eventually("\(id) in \(colour)", within: limit) { try await self.colour(of: id) == colour }
    }

    /// What the browser's console holds since it was last read.
    func console() async throws -> [String] {
        let entries = try await driver.command("POST", session + "/se/log", #"{"type":"browser"}"#)?.elements.map(Array.init) ?? []
        return entries.compactMap { $0.member("message")?.string }
    }

    private func element(_ selector: String) async throws -> String {
        let found = try await post("/element", ["using": "css selector", "value": selector])
        return found?.members?.first { _ in true }?.value.string ?? ""
    }

    @discardableResult
    private func post(_ path: String, _ members: [String: String]) async throws -> JSONNode? {
        var writer = JSONWriter()
        writer.beginObject()
        for (name, value) in members { writer.member(name, value) }
        writer.endObject()
        return try await driver.command("POST", session + path, String(decoding: writer.bytes, as: UTF8.self))
    }
}
