import Testing
import WaiaasAPI
import WaiaasCore

@Suite("Standard Webhooks by the library of its authors", .enabled(if: Python.isInstalled, "run by make integration"))
struct StandardWebhooksTests {
    private static let body = #"{"type":"order.paid","amount":"12.50"}"#

    /// The keys as a reader of the file has them: the one that signs, and the other one that verifies.
    private func keys(_ world: World) throws -> [String] {
        let root = try JSONDocument(scanning: Array(Files.text(world.eventFile).utf8)).root
        return ["value", "old_value"].compactMap { root[$0]?.string }
    }

    private func sign(_ daemon: DaemonProcess) async throws -> EventSignature {
        try await daemon.socket.call(SignEvent.self, body: EventToSign(payload: Self.body, id: "evt_1"), as: daemon.operator)
    }

    @Test func `SEC-16: it accepts what we sign with either key through a whole rotation, and we accept what it signs`() async throws {
        try await World.inside { world in
            try world.configureEventFile(settle: 0)
            let daemon = try await world.start()
            try await world.waiaas("event rotate --window 2 --wait").succeeded()
            _ = try await world.eventToken("holdup")
            func check(_ expected: Int) async throws {
                let signed = try await sign(daemon)
                let line = """
                    {"id":"evt_1","timestamp":"\(try #require(signed.timestamp))","signature":"\(signed.signature)",\
                    "body":"\(Self.body.replacing("\"", with: "\\\""))"}
                    """
                let keys = try keys(world)
                #expect(keys.count == expected)
                // The staged key signs nothing yet; every other one accepts.
                for key in expected == 2 && signed.signature.split(separator: " ").count == 1 ? [keys[0]] : keys {
                    #expect(try await world.python("webhooks", "verify", key, input: line + "\n") == ["accepted"])
                }
                for key in keys {
                    let theirs = try await world.python("webhooks", "sign", key, input: line + "\n")
                    let verdict = try await daemon.socket.call(
                        VerifyEvent.self,
                        body: EventToVerify(
                            payload: Self.body, id: "evt_1", timestamp: signed.timestamp, signature: try #require(theirs.first)),
                        as: daemon.operator)
                    #expect(verdict.valid)
                }
            }
            try await check(1)
            try await world.waiaas("event rotate --window 20").succeeded()
            try await world.eventStep("staged")
            try await check(2)
            try await world.waiaas("event resume --without holdup").succeeded()
            try await world.eventStep("promote-acknowledged")
            try await check(2)
            try await world.eventStep("retired")
            try await check(1)
        }
    }
}
