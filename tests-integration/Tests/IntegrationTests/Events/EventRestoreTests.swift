import Testing
import WaiaasCore

@Suite("The event secret after a restore (SEC-15)")
struct EventRestoreTests {
    @Test func `keys of a backup that are still in use sign again; keys that a rotation has replaced since never do`() async throws {
        try await World.inside { world in
            try world.configureEventFile(settle: 0)
            let daemon = try await world.start()
            let token = Files.text(try await world.eventToken("web-1")).prefix { $0 != "\n" }
            try await world.waiaas("event rotate --window 1").succeeded()
            try await world.eventStep("staged")
            try await world.waiaas("event resume --without web-1").succeeded()
            try await world.eventStep("retired")
            try await world.waiaas("backup create --output \(world.path("b"))").succeeded()
            let kid = try await world.eventKid()
            try await daemon.stop()

            let same = world.at("same")
            try await world.waiaas("restore \(world.path("b")) --yes", directory: same.dataDirectory).succeeded()
            let restored = try await same.start()
            try await eventually("the comparison") { restored.log.contains("event keys of the backup sign again") }
            #expect(try await same.eventKid() == kid)
            _ = try await same.waiaas("event sign", input: "{}").succeeded()
            try await same.waiaas("event rotate --window 1 --wait").exited(5)
            try await same.waiaas("event resume --without web-1").succeeded()
            try await same.eventStep("retired")
            try await restored.stop()

            // The same backup once more: by now the file has another key.
            let late = world.at("late")
            let inUse = Files.text(world.eventFile)
            try await world.waiaas("restore \(world.path("b")) --yes", directory: late.dataDirectory).succeeded()
            let old = try await late.start()
            try await eventually("the comparison") { old.log.contains("the event keys of the backup do not sign") }
            #expect(try await late.waiaas("event sign", input: "{}").exited(1).errors.contains("event keys come from a backup"))
            #expect(try await late.waiaas("event status").succeeded().output.contains("disk uses another key"))
            #expect(try await late.waiaas("doctor --with-password").exited(1).output.contains("SECRET-04"))
            let reader = try await old.network.send(
                bytes: Request("GET", "/v1/events/keyset", [("Authorization", "Bearer \(token)")]).bytes)
            #expect(reader.status == 503, "\(reader)")
            #expect(Files.text(world.eventFile) == inUse)
            let secret = try #require(JSONDocument(scanning: Array(inUse.utf8)).root["value"]?.string)
            try await late.waiaas("event import --yes", input: secret).succeeded()
            _ = try await late.waiaas("event sign", input: "{}").succeeded()
            try await late.waiaas("event target check").succeeded()
            try await late.waiaas("audit verify").succeeded()
        }
    }
}
