import Glibc
import Testing
import WaiaasAPI
import WaiaasCore

@Suite("Another master password")
struct PasswordChangeTests {
    /// A file with another password than the world's.
    private static func newPassword(in world: World, _ name: String = "new") throws -> String {
        let file = world.path("password-\(name)")
        try Files.write("canary-of-another-password-\(name)\n", to: file)
        return file
    }

    @Test func `beside a running daemon the new one alone is right at once, tokens go on, and the next start wants it`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let grant = try await daemon.grant(to: "trader")
            let new = try Self.newPassword(in: world)
            try await world.waiaas("agent list").succeeded()
            let wrong = try Self.newPassword(in: world, "wrong")
            try await world.waiaas("password change --new-password-file \(new)", passwordFile: wrong).exited(4)
            try await world.waiaas("password change --new-password-file \(new)").succeeded()
            try await world.waiaas("agent list").exited(4)
            try await world.waiaas("agent list", passwordFile: new).succeeded()
            #expect(try await daemon.verdict(on: grant.token).hasPrefix("200 "))
            #expect(try await daemon.stop() == .code(0))
            try await world.waiaas("start --port 0").exited(4)
            let verified = try await world.waiaas("audit verify --json", passwordFile: new).succeeded().json
            #expect(verified["macsChecked"]?.integer ?? 0 > 0)
            // The password is in none of the files that lie there, and in nothing that was printed.
            let mentions = try Leaks.files(in: world.folder, naming: ["canary-of-another-password-new"])
            #expect(mentions.filter { $0 != new } == [])
        }
    }

    @Test func `while no daemon runs it is changed in the directory, and an unfit one is refused`() async throws {
        try await World.inside { world in
            let new = try Self.newPassword(in: world)
            try await world.waiaas("password change --new-password-file \(world.passwordFile)").exited(1)
            let short = world.path("short")
            try Files.write("short\n", to: short)
            let refused = try await world.waiaas("password change --new-password-file \(short)").exited(1)
            #expect(refused.errors.contains("has fewer than 12 bytes"))
            let alone = try await world.waiaas("password change").exited(1)
            #expect(alone.errors.contains("--new-password-file"), "\(alone.errors)")
            try await world.waiaas("password change --new-password-file \(new)").succeeded()
            try await world.waiaas("audit verify").exited(4)
            try await world.waiaas("audit verify", passwordFile: new).succeeded()
        }
    }

    /// Insists that exactly one of two passwords opens the directory.
    ///
    /// - Returns: the file with the one that does.
    private static func theRightOne(of files: [String], in world: World, _ moment: String) async throws -> String {
        var right: [String] = []
        for file in files {
            let result = try await world.waiaas("audit verify", passwordFile: file)
            if result.exit == .code(0) { right.append(file) }
            #expect(result.exit == .code(0) || result.exit == .code(4), "\(moment): \(result.output)\(result.errors)")
        }
        try #require(right.count == 1, "\(moment): \(right.count) passwords are right")
        return right[0]
    }

    @Test(.enabled(if: Trace.isInstalled, "\(Trace.missing)"))
    func `killed at its n-th sync, a change has happened or has not`() async throws {
        try await World.inside { world in
            var (current, next) = (world.passwordFile, try Self.newPassword(in: world))
            var kills = 0
            for n in 1...6 {
                let trace = Trace(in: world, calls: "fdatasync,fsync", inject: "fdatasync,fsync:signal=SIGKILL:when=\(n)")
                let arguments = [
                    "password", "change", "--data-dir", world.dataDirectory, "--password-file", current, "--new-password-file", next,
                ]
                let child = try world.spawn(
                    trace.program, trace.arguments(running: Binary.waiaas, arguments, environment: [:]))
                if try await child.ended(within: .seconds(60)) != .code(0) { kills += 1 }
                if try await Self.theRightOne(of: [current, next], in: world, "sync \(n)") == next { swap(&current, &next) }
            }
            #expect(kills > 0)
        }
    }

    @Test func `a daemon killed at any moment of a change opens with exactly one of the two`() async throws {
        try await World.inside { world in
            var (current, next) = (world.passwordFile, try Self.newPassword(in: world))
            for round in 1...(4 * Variables.soak) {
                let child = try world.spawn(
                    Binary.waiaas, ["start", "--port", "0", "--data-dir", world.dataDirectory, "--password-file", current])
                let daemon = try await DaemonProcess.ready(child, in: world)
                let arguments = [
                    "password", "change", "--data-dir", world.dataDirectory, "--password-file", current, "--new-password-file", next,
                ]
                let change = try world.spawn(Binary.waiaas, arguments)
                // tidy:allow sleep because the moment of the crash is to be any moment
                try await Task.sleep(for: .milliseconds(.random(in: 100...1_200)))
                try await daemon.kill9()
                let exit = try await change.ended(within: .seconds(60))
                let right = try await Self.theRightOne(of: [current, next], in: world, "round \(round)")
                if exit == .code(0) { #expect(right == next, "round \(round): what was answered is lost") }
                if right == next { swap(&current, &next) }
            }
        }
    }
}
