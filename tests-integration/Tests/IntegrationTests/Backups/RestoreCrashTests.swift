import Testing
import WaiaasAPI
import WaiaasCore

@Suite("Crashes of backup and restore", .enabled(if: Trace.isInstalled, "\(Trace.missing)"))
struct RestoreCrashTests {
    /// Runs a command that is killed at its n-th call of a kind; false if it ended before that.
    private static func killed(_ words: [String], at call: String, _ n: Int, in world: World) async throws -> Bool {
        let trace = Trace(in: world, calls: call, inject: "\(call):signal=SIGKILL:when=\(n)")
        let arguments = words + ["--data-dir", world.dataDirectory, "--password-file", world.passwordFile]
        let child = try world.spawn(trace.program, trace.arguments(running: Binary.waiaas, arguments, environment: [:]))
        return try await child.ended() != .code(0)
    }

    /// Restores with a kill at each rename and each sync; after each the directory is the old one or the new one.
    @Test(arguments: ["rename", "fsync"])
    func `a restore that is killed leaves the old directory or the new one`(call: String) async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let old = try await daemon.grant(to: "trader")
            try await world.waiaas("backup create --output \(world.path("b"))").succeeded()
            let newer = try await daemon.grant(to: "newcomer")
            try await daemon.stop()
            let pristine = try await world.copyOfData()
            var (n, outcomes) = (1, Set<String>())
            while true {
                try Files.remove(world.dataDirectory)
                try Files.copy(pristine, to: world.dataDirectory)
                let wasKilled = try await Self.killed(
                    ["restore", world.path("b"), "--keep-sessions", "--yes"], at: call, n, in: world)
                let again = try await world.start()
                let found = [try await again.verdict(on: old.token), try await again.verdict(on: newer.token)]
                #expect(
                    [["200 current", "200 current"], ["200 current", "401 SESSION_REVOKED"]].contains(found), "\(call) \(n): \(found)")
                outcomes.insert(found[1])
                #expect(try await again.stop() == .code(0))
                try await world.waiaas("audit verify --without-password").succeeded()
                #expect(!Files.exists(world.data("restore.ready")))
                guard wasKilled else { break }
                n += 1
            }
            #expect(n > 3 && outcomes.count == 2, "\(n): \(outcomes)")
        }
    }

    @Test func `a backup that is killed while it is made leaves nothing that is listed, and the next one works`() async throws {
        try await World.inside { world in
            try await world.start().stop()
            var n = 1
            while try await Self.killed(["backup", "create"], at: "fsync", n, in: world) {
                let listed = try await world.waiaas("backup list --json").succeeded().json
                for backup in listed["backups"]?.elements.map(Array.init) ?? [] {
                    let path = try #require(backup["path"]?.string)
                    try await world.waiaas("backup verify \(path)").succeeded()
                }
                n += 1
            }
            #expect(n > 2)
            #expect(try Files.list(world.data("backups")).allSatisfy { $0.hasSuffix(".waiaas-backup") })
            try await world.waiaas("audit verify").succeeded()
        }
    }
}
