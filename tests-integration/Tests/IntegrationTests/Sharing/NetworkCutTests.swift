import Glibc
import Testing
import WaiaasAPI
import WaiaasCore

@Suite("The network between two daemons")
struct NetworkCutTests {
    @Test(.enabled(if: TwoNetworks.isPossible, "\(TwoNetworks.missing ?? "")"))
    func `OPS-06: a daemon that the network is cut from verifies and refuses changes, and follows again when it is back`() async throws {
        try await World.inside(isInitialised: false) { world in
            let networks = try await TwoNetworks(in: world)
            let near = try await Self.daemon(in: world, of: networks, far: false)
            let far = try await Self.daemon(in: world, of: networks, far: true)
            let agent = try await near.agent("trader")
            let (live, doomed) = (try await near.grant(to: agent), try await far.grant(to: agent))
            for daemon in [near, far] {
                for grant in [live, doomed] { try await daemon.comesToSay("200 current", of: grant) }
            }
            try await networks.cut(true)
            let end = ContinuousClock.now + .seconds(Variables.soak > 1 ? 30 : 2)
            // Whoever reaches Redis goes on as ever.
            _ = try await near.socket.call(RevokeSession.self, SessionPath(id: doomed.sessionID), as: near.operator)
            try await near.comesToSay("401 SESSION_REVOKED", of: doomed)
            let fresh = try await near.grant(to: agent)
            var slowest = Duration.zero
            repeat {
                let begun = ContinuousClock.now
                let issue = Request(IssueSession.self, NoParameters(), NewSession(agentId: agent), as: far.operator)
                #expect(try await far.socket.send(issue).status == 503)
                slowest = max(slowest, ContinuousClock.now - begun)
                // It knows what it knew.
                #expect(try await far.says(of: live) == "200 current")
                #expect(try await far.says(of: doomed) == "200 current")
                #expect(try await near.says(of: live) == "200 current")
            } while ContinuousClock.now < end
            try await networks.cut(false)
            let back = ContinuousClock.now
            try await far.comesToSay("401 SESSION_REVOKED", of: doomed)
            print("the network cut: \(slowest) to refuse at most, \(ContinuousClock.now - back) until a revocation was known behind it")
            try await far.comesToSay("200 current", of: fresh)
            try await eventually("a change goes through") {
                let issue = Request(IssueSession.self, NoParameters(), NewSession(agentId: agent), as: far.operator)
                return try await far.socket.send(issue).status == 201
            }
            for daemon in [near, far] { #expect(kill(daemon.pid, 0) == 0) }
        }
    }

    /// A daemon on one side; Redis is on the near one.
    private static func daemon(in world: World, of networks: TwoNetworks, far isFar: Bool) async throws -> DaemonProcess {
        let home = World(world, dataDirectory: world.path(isFar ? "far" : "near"))
        let common = ["--data-dir", home.dataDirectory, "--password-file", home.passwordFile]
        if !isFar {
            try Files.makeFolder(world.path("redis"))
            let redis = try networks.spawn(
                "/usr/bin/redis-server",
                [
                    "--port", "6379", "--bind", "0.0.0.0", "--protected-mode", "no", "--dir", world.path("redis"), "--save", "",
                    "--appendonly", "yes", "--appendfsync", "always",
                ], far: false)
            try await eventually("Redis listens: \(redis.output)", isTrue: { redis.output.contains("Ready to accept connections") })
        }
        let join = try networks.spawn(Binary.waiaas, ["init", "--join", "redis://\(TwoNetworks.near):6379"] + common, far: isFar)
        try #require(try await join.ended() == .code(0), "\(join.errors)")
        return try await .ready(try networks.spawn(Binary.waiaas, ["start", "--port", "0"] + common, far: isFar), in: home)
    }
}

extension DaemonProcess {
    /// What it says of a token. Its port is in a network of its own: the operator's socket is a file.
    fileprivate func says(of grant: Grant) async throws -> String {
        try await socket.send(Request("GET", "/v1/sessions/self", as: grant.credential)).gist
    }

    /// Waits until it says so.
    fileprivate func comesToSay(_ verdict: String, of grant: Grant) async throws {
        try await eventually("\(verdict) at \(dataDirectory)") { try await says(of: grant) == verdict }
    }
}
