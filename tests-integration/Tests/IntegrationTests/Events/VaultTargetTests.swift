import Glibc
import Testing
import WaiaasCore

@Suite("The event secret in OpenBao", .serialized, .enabled(if: OpenBao.program != nil, "run by make integration"))
struct VaultTargetTests {
    @Test func `moving in and a rotation, with the seed's own names and the least policy; OpenBao recorded every call`() async throws {
        try await World.inside { world in
            let bao = try await OpenBao.start(in: world)
            let secret = String(repeating: "5e", count: 32)
            try await bao.call("POST", "/v1/secret/data/\(OpenBao.path)", json: #"{"data":{"value":"\#(secret)"}}"#)
            try world.configureVault(port: bao.port, token: try await bao.token(allowing: OpenBao.least))
            try await world.start()
            try await world.waiaas("event target check").exited(1)
            try await world.waiaas("event import --yes", environment: ["SPIRAL_EVENT_SECRET": secret]).succeeded()
            try await world.waiaas("event target check").succeeded()
            let old = try await world.eventKid()
            let rotation = try await world.waiaas("event rotate --window 2 --wait").succeeded()
            #expect(rotation.output.contains("target vault written"))
            let held = try #require(try await bao.secret())
            #expect(held["value"]?.string != secret && held["value"]?.string?.utf8.count == 64)
            #expect(held["old_value"] == nil && held["keys"]?.elements.map { Array($0).count } == 1)
            #expect(try await world.eventKid() != old)
            // The versions that held the old key are destroyed, the first one too.
            let versions = try #require(
                try await bao.call("GET", "/v1/secret/metadata/\(OpenBao.path)").json?["data"]?["versions"]?.members)
            for (number, facts) in versions where number != "4" { #expect(facts["destroyed"]?.bool == true, "version \(number)") }
            let calls = Files.text(bao.auditFile)
            for path in ["secret/data/\(OpenBao.path)", "secret/destroy/\(OpenBao.path)"] {
                #expect(calls.contains("\"path\":\"\(path)\""))
            }
            #expect(!calls.contains(secret))
        }
    }

    @Test func `KEY-06: of two rotators one wins, and the other takes itself back`() async throws {
        try await World.inside { world in
            let bao = try await OpenBao.start(in: world)
            let other = World(world, dataDirectory: world.path("data2"))
            let secret = String(repeating: "5e", count: 32)
            try await bao.call("POST", "/v1/secret/data/\(OpenBao.path)", json: #"{"data":{"value":"\#(secret)"}}"#)
            try await other.waiaas("init").succeeded()
            for each in [world, other] {
                try each.configureVault(port: bao.port, token: OpenBao.root)
                try await each.start()
                try await each.waiaas("event import --yes", input: secret).succeeded()
            }
            async let first = world.waiaas("event rotate --window 2 --wait")
            async let second = other.waiaas("event rotate --window 2 --wait")
            let exits = [try await first.exit, try await second.exit]
            #expect(exits.contains(.code(0)) && exits.contains(.code(1)), "\(exits)")
            let winner = exits[0] == .code(0) ? world : other
            let kid = try await winner.eventKid()
            #expect(try await bao.secret()?["keys"]?.elements?.first { _ in true }?["kid"]?.string == kid)
        }
    }

    @Test(arguments: ["denied", "sealed", "gone"])
    func `what is refused, sealed or gone stops a rotation before the new key signs`(how: String) async throws {
        try await World.inside { world in
            let bao = try await OpenBao.start(in: world)
            let policy = #"path "secret/data/sigil/other" { capabilities = ["read"] }"#
            let token = how == "denied" ? try await bao.token(allowing: policy) : OpenBao.root
            try world.configureVault(port: bao.port, token: token, ackTimeout: 3)
            try await world.start()
            let old = try await world.eventKid()
            if how == "sealed" { try await bao.call("PUT", "/v1/sys/seal") }
            if how == "gone" {
                bao.child.send(SIGKILL)
                try await bao.child.ended()
            }
            let rotation = try await world.waiaas("event rotate --wait").exited(1)
            let reasons = ["denied": "permission denied (403)", "sealed": "it answers 503", "gone": "it cannot be reached"]
            #expect(rotation.errors.contains(try #require(reasons[how])), "\(rotation.errors)")
            #expect(try await world.eventKid() == old)
            try await world.eventStep("failed")
        }
    }

    @Test func `SEC-11: a version that somebody wrote in between is not overwritten`() async throws {
        try await World.inside { world in
            let bao = try await OpenBao.start(in: world)
            try world.configureVault(port: bao.port, token: OpenBao.root, ackTimeout: 3)
            try await world.start()
            try await world.waiaas("event rotate --window 2 --wait").succeeded()
            let foreign = #"{"data":{"value":"\#(String(repeating: "f0", count: 32))"}}"#
            try await bao.call("POST", "/v1/secret/data/\(OpenBao.path)", json: foreign)
            try await world.waiaas("event rotate --wait").exited(1)
            #expect(try await bao.secret()?["keys"] == nil)
        }
    }

    @Test(.enabled(if: Python.isInstalled, "run by make integration"))
    func `a connection that is cut in the middle of a write loses nothing`() async throws {
        try await World.inside { world in
            let bao = try await OpenBao.start(in: world)
            let cut = world.path("cut")
            let proxy = try world.spawn(
                try #require(Python.interpreter),
                ["\(Binary.repository)/tests-integration/Programs/cutting-proxy.py", String(bao.port), cut])
            let port: UInt16 = try await eventually("the proxy") { proxy.output.split(separator: "\n").first.flatMap { UInt16($0) } }
            try world.configureVault(port: port, token: OpenBao.root)
            try await world.start()
            for _ in 0..<3 {
                try Files.write("", to: cut)
                let before = try await world.eventKid()
                try await world.waiaas("event rotate --window 2 --wait").succeeded()
                #expect(try await world.eventKid() != before && !Files.exists(cut))
            }
        }
    }

    @Test func `KV version 1: a rotation goes through; each version is refused where the other is configured`() async throws {
        try await World.inside { world in
            let bao = try await OpenBao.start(in: world)
            let made = try await bao.call("POST", "/v1/sys/mounts/old", json: #"{"type":"kv","options":{"version":"1"}}"#)
            try #require(made.status == 204, "\(made)")
            try world.configureVault(port: bao.port, token: OpenBao.root, ackTimeout: 5, more: "mount = \"old\"\nkv_version = 1")
            try await world.start()
            try await world.waiaas("event rotate --window 1 --wait").succeeded()
            let first = try #require(try await bao.call("GET", "/v1/old/\(OpenBao.path)").json?["data"])
            #expect(first["value"]?.string?.utf8.count == 64 && first["old_value"] == nil)
            try await world.waiaas("event rotate --window 1 --wait").succeeded()
            try await world.waiaas("event target check").succeeded()
            // Somebody else's secret is not overwritten.
            let foreign = #"{"value":"\#(String(repeating: "f0", count: 32))"}"#
            try await bao.call("POST", "/v1/old/\(OpenBao.path)", json: foreign)
            #expect(try await world.waiaas("event rotate --wait").exited(1).errors.contains("it holds another secret"))
            let other = World(world, dataDirectory: world.path("data2"))
            try await other.waiaas("init").succeeded()
            try other.configureVault(port: bao.port, token: OpenBao.root, ackTimeout: 5, more: "kv_version = 1")
            try await other.start()
            #expect(try await other.waiaas("event rotate --wait").exited(1).errors.contains("no KV engine of version 1"))
            #expect(try await bao.secret() == nil)
        }
    }
}
