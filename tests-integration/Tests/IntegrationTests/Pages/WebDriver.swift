import WaiaasCore

/// A program that drives a browser (W3C WebDriver): `chromedriver`, over plain HTTP and JSON.
struct WebDriver: Sendable {
    static let isInstalled = Binary.hasTool("chromedriver") && Binary.hasTool("chromium")
    /// Why a test without it is skipped.
    static let missing = "no browser to drive (packages chromium, chromium-driver)"

    /// What the driver refused.
    struct Refused: Error, CustomStringConvertible {
        let description: String
    }

    private let door: Door

    /// Starts one.
    init(in world: World) async throws {
        let program = Binary.tool("chromedriver") ?? "chromedriver"
        let process = try world.spawn(program, ["--port=0"])
        let port: UInt16 = try await eventually("chromedriver: \(process.errors)") {
            process.output.firstMatch(of: #/started successfully on port ([0-9]+)/#).flatMap { UInt16($0.1) }
        }
        door = .network(port: port)
    }

    /// One command; its value, the only thing in the answer.
    ///
    /// - Parameter body: JSON; every command that is no question has one.
    @discardableResult
    func command(_ method: String, _ path: String, _ body: String? = nil) async throws -> JSONNode? {
        let request = body.map { Request(method, path, json: $0) } ?? Request(method, path)
        let reply = try await onThread { [door] in try Connection(door).exchange(request) }
        let value = try JSONDocument(scanning: reply.body, limits: .wide).root.member("value")
        guard reply.status == 200 else {
            throw Refused(description: "\(method) \(path): \(value?.member("message")?.string ?? reply.text)")
        }
        return value
    }
}
