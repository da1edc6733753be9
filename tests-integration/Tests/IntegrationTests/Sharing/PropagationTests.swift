import Testing
import WaiaasAPI
import WaiaasCore

@Suite("How long it takes until all know")
struct PropagationTests {
    @Test(arguments: [true, false])
    func `a revocation at one daemon is refused by another, announced or not`(isAnnounced: Bool) async throws {
        try await World.inside(isInitialised: false) { world in
            let fleet = try await Fleet.start(2, in: world)
            let (first, second) = (fleet.daemons[0], fleet.daemons[1])
            let agent = try await first.agent("trader")
            if !isAnnounced {
                // From now on nobody may subscribe or publish.
                try await fleet.redis.ask("ACL", "SETUSER", "default", "resetchannels")
                try await fleet.redis.ask("CLIENT", "KILL", "TYPE", "pubsub")
            }
            var grants: [Grant] = []
            for _ in 0..<60 { grants.append(try await first.grant(to: agent)) }
            let last = grants[59].token
            try await eventually("the sessions are known there") { try await second.verdict(on: last) == "200 current" }
            var delays: [Duration] = []
            for grant in grants {
                let verify = Request("GET", "/v1/sessions/self", as: grant.credential)
                _ = try await first.socket.call(RevokeSession.self, SessionPath(id: grant.sessionID), as: first.operator)
                let answered = ContinuousClock.now
                delays.append(
                    try await onThread {
                        let connection = try Connection(second.network.door)
                        while try connection.exchange(verify).status == 200 {}
                        return ContinuousClock.now - answered
                    })
            }
            delays.sort()
            let figures = [("p50", delays[29]), ("p99", delays[58]), ("worst", delays[59])].map { name, delay in
                "\(name) \((delay / .milliseconds(1) * 10).rounded() / 10) ms"
            }
            print("revocation, \(isAnnounced ? "announced" : "not announced"): \(figures.joined(separator: ", "))")
        }
    }
}
