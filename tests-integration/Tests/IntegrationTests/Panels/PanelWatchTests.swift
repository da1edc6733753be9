import Glibc
import Testing
import WaiaasAPI
import WaiaasCore

/// `waiaas panel watch` beside a daemon that goes and comes back.
@Suite("A watcher in a terminal")
struct PanelWatchTests {
    private static let light = ["WAIAAS_AUTH_ALGORITHM": "EdDSA"]
    private static let waits = "warning: the stream broke off; waiting for the daemon to come back\n"

    /// A watcher of ada's panel "build".
    private static func watch(in world: World) throws -> ChildProcess {
        try world.spawn(Binary.waiaas, ["panel", "watch", "build", "--user", "ada", "--data-dir", world.dataDirectory])
    }

    @Test func `a watcher comes back after each restart, tells once that it waits, and prints no picture twice`() async throws {
        try await World.inside { world in
            var daemon = try await world.start(environment: Self.light)
            let ada = try await daemon.login(of: "ada")
            _ = try await daemon.network.send(.makePanel("build", of: "ada", color: "red", as: ada.bearer))
            let watcher = try Self.watch(in: world)
            try await eventually("the first picture") { watcher.output.contains("red") }
            var colors = ["red"]
            for (color, isKilled) in [("blue", false), ("green", true)] {
                let told = watcher.errors.utf8.count
                if isKilled { try await daemon.kill9() } else { try await daemon.stop() }
                try await eventually("the word that it waits") { watcher.errors.utf8.count > told }
                // On another port.
                daemon = try await world.start(environment: Self.light)
                let again = try await daemon.signIn("ada")
                #expect(try await daemon.network.send(.changePanel("build", of: "ada", color: color, as: again.bearer)).status < 300)
                try await eventually("the \(color) picture", within: .seconds(60)) { watcher.output.contains(color) }
                colors.append(color)
            }
            #expect(watcher.errors == Self.waits + Self.waits)
            let last = try await daemon.signIn("ada")
            _ = try await daemon.network.send(Request("DELETE", "/api/user/ada/session/build", as: last.bearer))
            #expect(try await watcher.ended() == .code(0))
            #expect(watcher.errors == Self.waits + Self.waits + "the panel has ended\n")
            #expect(watcher.output.matches(of: #/fill="([a-z]+)"/#).map { String($0.output.1) } == colors)
        }
    }

    @Test(.enabled(if: MovingClock.isInstalled, "\(MovingClock.missing)"))
    func `a session that has ended while the daemon was away ends the watcher with the reason`() async throws {
        try await World.inside { world in
            let clock = try MovingClock(in: world, moving: .wall)
            let daemon = try await world.start(environment: Self.light, clock: clock)
            let ada = try await daemon.login(of: "ada")
            _ = try await daemon.network.send(.makePanel("build", of: "ada", more: #","ttl_seconds":600"#, as: ada.bearer))
            let watcher = try Self.watch(in: world)
            try await eventually("the picture") { watcher.output.contains("red") }
            try await daemon.stop()
            try await eventually("the word that it waits") { watcher.errors == Self.waits }
            try clock.move(by: .seconds(700))
            try await world.start(environment: Self.light, clock: clock)
            #expect(try await watcher.ended() == .code(1))
            #expect(watcher.errors.hasPrefix(Self.waits + "waiaas: there is no such session\nhint: "), "\(watcher.errors)")
        }
    }

    @Test func `Ctrl-C ends a watcher that waits`() async throws {
        try await World.inside { world in
            let daemon = try await world.start(environment: Self.light)
            let ada = try await daemon.login(of: "ada")
            _ = try await daemon.network.send(.makePanel("build", of: "ada", as: ada.bearer))
            let watcher = try Self.watch(in: world)
            try await eventually("the picture") { watcher.output.contains("red") }
            try await daemon.kill9()
            try await eventually("the word that it waits") { watcher.errors == Self.waits }
            watcher.send(SIGINT)
            #expect(try await watcher.ended() == .signal(SIGINT))
            #expect(watcher.errors == Self.waits)
        }
    }
}
