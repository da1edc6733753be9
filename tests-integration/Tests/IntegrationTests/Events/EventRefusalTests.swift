import Glibc
import Testing
import WaiaasCore

@Suite("Event keys that are refused")
struct EventRefusalTests {
    @Test(arguments: ["", "short", "0123456789abcdef0123456789abcde", "0123456789abcdef 0123456789abcdef"])
    func `an empty, short or unfit secret is not imported, and nothing changes`(secret: String) async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let kid = try await world.eventKid()
            let refused = try await world.waiaas("event import --yes", input: secret + "\n")
            #expect(refused.exit != .code(0))
            #expect(try await world.eventKid() == kid)
            if secret.utf8.count > 5 { #expect(!daemon.log.contains(secret) && !refused.errors.contains(secret)) }
        }
    }

    @Test func `the first rotation of a daemon that never had a key begins with one of its own, and no empty one is ever written`()
        async throws
    {
        try await World.inside { world in
            try world.configureEventFile(settle: 0)
            try await world.start()
            _ = try await world.eventToken("holdup")
            try await world.waiaas("event rotate --window 2").succeeded()
            try await world.eventStep("staged")
            let root = try JSONDocument(scanning: Array(Files.text(world.eventFile).utf8)).root
            for name in ["value", "old_value"] { #expect(root[name]?.string?.utf8.count == 64, "\(name)") }
            try await world.waiaas("event abort").succeeded()
            try await world.eventStep("rolled-back")
            #expect(try JSONDocument(scanning: Array(Files.text(world.eventFile).utf8)).root["old_value"] == nil)
        }
    }

    @Test func `whoever is no longer waited for has the form of a name, else nothing goes on`() async throws {
        try await World.inside { world in
            try world.configureEventFile(settle: 0)
            let daemon = try await world.start()
            _ = try await world.eventToken("holdup")
            try await world.waiaas("event rotate --window 2").succeeded()
            try await world.eventStep("staged")
            for name in [String(repeating: "0", count: 65), "a%20b", "holdup,%C3%A4"] {
                let answer = try await daemon.socket.send(
                    Request("POST", "/v1/events/rotation/resume?without=\(name)", as: daemon.operator))
                #expect(answer.gist == "400 VALIDATION_ERROR")
            }
            try await world.eventStep("staged")
            try await world.waiaas("event resume --without holdup").succeeded()
            try await world.eventStep("retired")
        }
    }

    @Test(arguments: ["", #"{"v":1,"value":"0123456789abcdef0123456789abc"#, #"{"v":1,"keys":[]}"#, "short\n", #"{"value":""}"#])
    func `a file that is half written, or holds an empty or a short key, stops a rotation and stays as it is`(text: String) async throws {
        try await World.inside { world in
            try world.configureEventFile(settle: 0)
            try await world.start()
            let kid = try await world.eventKid()
            try Files.write(text, to: world.eventFile)
            #expect(try await world.waiaas("event target check").exited(1).output.contains("disk"))
            let rotation = try await world.waiaas("event rotate --wait").exited(1)
            #expect(rotation.errors.contains("the rotation took itself back: disk: "), "\(rotation.errors)")
            #expect(try await world.eventKid() == kid && Files.text(world.eventFile) == text)
        }
    }

    @Test func `a service keeps its keys when its file is half written, says so once, and goes on when it is whole`() async throws {
        try await World.inside { world in
            try world.configureEventFile(settle: 0)
            try await world.start()
            try await world.waiaas("event rotate --window 2 --wait").succeeded()
            let whole = Files.text(world.eventFile)
            let service = try world.eventService("self", peers: ["self"], ["file", world.eventFile])
            try await eventually("ready") { service.output.contains("ready ") }
            for broken in [String(whole.prefix(200)), "", "short"] {
                try Files.write(broken, to: world.eventFile)
                try await eventually("the word about it") { service.output.contains("the event keys were not taken") }
            }
            service.send(SIGHUP)
            try Files.write(whole, to: world.eventFile)
            service.send(SIGHUP)
            try await eventually("the reload") { service.output.contains("Reloaded spiral event secret") }
            service.send(SIGTERM)
            #expect(try await service.ended() == .code(0), "\(service.output)")
            #expect(service.total("failed") == 0 && (service.total("accepted") ?? 0) > 0)
        }
    }
}
