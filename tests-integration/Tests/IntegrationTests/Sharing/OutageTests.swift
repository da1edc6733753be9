import Glibc
import Testing
import WaiaasAPI
import WaiaasCore

@Suite("While Redis is away, and after")
struct OutageTests {
    /// A fleet of two with a session that lives and one that was revoked.
    private struct Scene {
        let fleet: Fleet
        let live: Grant
        let revoked: Grant

        init(in world: World) async throws {
            fleet = try await Fleet.start(2, in: world)
            live = try await fleet.daemons[0].grant(to: "trader")
            revoked = try await fleet.daemons[1].grant(to: live.agentID)
            try await fleet.agree("200 current", on: live.token)
            try await fleet.agree("200 current", on: revoked.token)
            let daemon = fleet.daemons[0]
            _ = try await daemon.socket.call(RevokeSession.self, SessionPath(id: revoked.sessionID), as: daemon.operator)
            try await fleet.agree("401 SESSION_REVOKED", on: revoked.token)
        }

        /// Verification goes on with what is known, and changes are refused.
        func isAway() async throws {
            for daemon in fleet.daemons {
                try await eventually("a change is refused") {
                    try await daemon.socket.send(Request("POST", "/v1/agents", json: #"{"name":"late"}"#, as: daemon.operator)).status
                        == 503
                }
            }
            try await fleet.agree("200 current", on: live.token)
            try await fleet.agree("401 SESSION_REVOKED", on: revoked.token)
        }

        /// Clients who verify at both daemons, one after the other, until they are told to stop.
        func verifications() -> Load {
            let verify = Request("GET", "/v1/sessions/self", as: live.credential)
            return Load(clients: 2) { [fleet] number in
                let connection = try Connection(fleet.daemons[number].network.door)
                return { try connection.exchange(verify).gist }
            }
        }

        /// Writes at both daemons over and over for a time: each is refused, and soon.
        ///
        /// - Returns: the slowest refusal.
        func refusesChanges(for length: Duration) async throws -> Duration {
            let end = ContinuousClock.now + length
            var slowest = Duration.zero
            while ContinuousClock.now < end {
                for daemon in fleet.daemons {
                    let begun = ContinuousClock.now
                    let reply = try await daemon.socket.send(.issuing(to: live.agentID, as: daemon.operator))
                    slowest = max(slowest, ContinuousClock.now - begun)
                    #expect(reply.status == 503 && reply.header("retry-after") != nil, "\(reply)")
                }
            }
            // The promise is 100 ms; a machine that builds beside it is late.
            #expect(slowest < .seconds(1))
            return slowest
        }

        /// Everything works again with the same processes, and nothing has come back to life.
        func hasHealed() async throws {
            for daemon in fleet.daemons {
                try await eventually("a change goes through") {
                    try await daemon.socket.send(.issuing(to: live.agentID, as: daemon.operator)).status == 201
                }
                #expect(kill(daemon.pid, 0) == 0)
            }
            let fresh = try await fleet.daemons[1].grant(to: live.agentID)
            try await fleet.agree("200 current", on: fresh.token)
            try await fleet.agree("200 current", on: live.token)
            try await fleet.agree("401 SESSION_REVOKED", on: revoked.token)
        }

        /// What the daemons say of it in the audit log.
        func reports(_ name: String) async throws {
            try await eventually("\(name) in the audit log") { try await fleet.daemons[0].auditNames().contains(name) }
            #expect(try await fleet.worlds[0].waiaas("audit verify").succeeded().output.contains("whole"))
        }
    }

    @Test func `OPS-06: stopped for a while, killed, started again with its data: nobody notices but who writes`() async throws {
        try await World.inside(isInitialised: false) { world in
            let scene = try await Scene(in: world)
            let load = scene.verifications()
            scene.fleet.redis.process.send(SIGSTOP)
            let slowest = try await scene.refusesChanges(for: .seconds(Variables.soak > 1 ? 30 : 3))
            try await scene.isAway()
            scene.fleet.redis.process.send(SIGCONT)
            let back = ContinuousClock.now
            try await scene.hasHealed()
            print("Redis stopped: \(slowest) to refuse at most, \(ContinuousClock.now - back) until all was well again")
            try await scene.fleet.redis.kill9()
            try await scene.isAway()
            _ = try await RedisProcess.start(in: world)
            try await scene.hasHealed()
            let said = try await load.stop()
            #expect(said.keys.sorted() == ["200 current"], "\(said)")
        }
    }

    @Test func `OPS-06: killed and started again without its data: the daemons give it back what they know, and say so`() async throws {
        try await World.inside(isInitialised: false) { world in
            let scene = try await Scene(in: world)
            try await scene.fleet.redis.kill9()
            try await scene.isAway()
            let redis = try await RedisProcess.start(in: world, folder: "empty")
            try await scene.hasHealed()
            try await scene.reports("SHARED_LOG_RESTORED")
            // And others can join it again.
            try await eventually("a copy for who joins") {
                try await redis.ask("EXISTS", "{waiaas}:snapshot", "{waiaas}:master-key") == "2"
            }
            try await World(world, dataDirectory: world.path("late")).waiaas("init --join \(redis.url)").succeeded()
        }
    }

    @Test func `everything flushed, connections killed: it heals, and nothing revoked comes back`() async throws {
        try await World.inside(isInitialised: false) { world in
            let scene = try await Scene(in: world)
            try await scene.fleet.redis.ask("FLUSHALL")
            try await scene.hasHealed()
            try await scene.reports("SHARED_LOG_RESTORED")
            try await scene.fleet.redis.ask("CLIENT", "KILL", "TYPE", "normal")
            try await scene.fleet.redis.ask("CLIENT", "KILL", "TYPE", "pubsub")
            try await scene.hasHealed()
        }
    }

    @Test(arguments: ["end", "entry", "kind"])
    func `OPS-07: what somebody else writes there is refused, audited, and replaced`(attack: String) async throws {
        try await World.inside(isInitialised: false) { world in
            let scene = try await Scene(in: world)
            let redis = scene.fleet.redis
            switch attack {
            case "end": try await redis.ask("SET", "{waiaas}:end", "nonsense")
            case "kind":
                // At once, or the daemons repair what was only deleted.
                let script = "redis.call('DEL', KEYS[1], KEYS[2]); redis.call('LPUSH', KEYS[1], 'x'); redis.call('SET', KEYS[2], 'x')"
                try await redis.ask("EVAL", script, "2", "{waiaas}:end", "{waiaas}:log")
            default:
                let end = try #require(Int(try await redis.ask("GET", "{waiaas}:end").prefix { $0.isNumber }))
                try await redis.ask("HSET", "{waiaas}:log", "\(end + 1)", String(repeating: "x", count: 300))
                try await redis.ask("SET", "{waiaas}:end", "\(end + 1):" + String(repeating: "a", count: 64))
            }
            try await scene.hasHealed()
            try await scene.reports("SHARED_LOG_REFUSED")
        }
    }

    @Test func `without announcements a change is known within the time of a look`() async throws {
        try await World.inside(isInitialised: false) { world in
            let scene = try await Scene(in: world)
            // From now on nobody may subscribe or publish.
            try await scene.fleet.redis.ask("ACL", "SETUSER", "default", "resetchannels")
            try await scene.fleet.redis.ask("CLIENT", "KILL", "TYPE", "pubsub")
            try await scene.hasHealed()
        }
    }
}

extension Request {
    fileprivate static func issuing(to agent: AgentID, as who: Credential) -> Request {
        Request(IssueSession.self, NoParameters(), NewSession(agentId: agent), as: who)
    }
}
