import Glibc
import Testing
import WaiaasAPI
import WaiaasCore

@Suite("The export of the audit log")
struct ExportTests {
    @Test func `a running daemon's log and the same at rest give exports that verify anywhere, with public keys alone`() async throws {
        try await World.inside { world in
            let key = try #require(try await world.waiaas("audit verify --json").succeeded().json["firstKey"]?.string)
            let daemon = try await world.start(environment: ["WAIAAS_SECURITY_MAX_SESSIONS_PER_AGENT": "100000"])
            let agent = try await daemon.agent("trader")
            let issue = Request(IssueSession.self, NoParameters(), NewSession(agentId: agent), as: daemon.operator)
            let load = Load(clients: 4) { _ in
                let connection = try Connection(daemon.socket.door)
                return { try connection.exchange(issue).gist }
            }
            try await eventually("records") { load.said["201", default: 0] > 700 }
            // While records keep coming.
            let online = world.path("online.jsonl")
            let made = try await world.waiaas("audit export --json --output \(online)").succeeded().json
            _ = try await load.stop()
            #expect(made["findings"]?.elements.map { Array($0).count } == 0)
            #expect(try Files.mode(online) == 0o600)
            #expect(try await daemon.stop() == .code(0))
            let offline = world.path("offline.jsonl")
            // No password is asked for.
            try await world.waiaas(exactly: ["audit", "export", "--data-dir", world.dataDirectory, "--output", offline]).succeeded()
            for file in [online, offline] {
                let verdict = try await world.waiaas(exactly: ["audit", "verify", "--file", file, "--trust", key, "--json"]).succeeded()
                    .json
                #expect(verdict["whole"]?.bool == true)
                #expect(verdict["records"]?.integer ?? 0 > 700)
                #expect(verdict["firstKeyPinned"]?.bool == true)
            }
            #expect(Files.text(offline).hasPrefix(#"{"type":"export","version":1,"#))
            let copied = try await world.waiaas(
                exactly: ["audit", "verify", "--file", offline, "--checkpoints", world.checkpoints, "--json"]
            ).succeeded().json
            #expect(copied["notYetSigned"]?.integer == 0)
            let printed = try await world.waiaas("audit export --from 100").succeeded()
            let tail = world.path("tail.jsonl")
            try Files.write(printed.output, to: tail)
            try await world.waiaas(exactly: ["audit", "verify", "--file", tail, "--from", "100"]).succeeded()
            let whole = try await world.waiaas(exactly: ["audit", "verify", "--file", tail]).exited(1)
            #expect(whole.output.contains("records 1 to 99 are missing"), "\(whole.output)")
        }
    }

    @Test func `a file that cannot be written leaves nothing behind, and what is no file is not replaced`() async throws {
        try await World.inside { world in
            let folder = world.path("folder")
            try Files.makeFolder(folder)
            for target in [folder, "/dev/null", world.path("absent/a.jsonl")] {
                let failed = try await world.waiaas("audit export --output \(target)").exited(1)
                #expect(failed.errors.contains("cannot be written"), "\(failed.errors)")
            }
            #expect(try Leaks.files(in: world.folder, naming: [#""type":"export""#]) == [])
        }
    }
}
