import Testing
import WaiaasAPI
import WaiaasCore

@Suite("How long it takes until all know")
struct PropagationTests {
    /// What becomes of the announcement of a change.
    enum Announcement: String, CaseIterable {
        /// It comes.
        case announced
        /// The server lets nobody subscribe or publish.
        case forbidden
        /// A proxy between the server and the daemon eats it, and nobody notices.
        case eaten
    }

    @Test(arguments: Announcement.allCases)
    func `a revocation at one daemon is refused by another, announced or not`(announcement: Announcement) async throws {
        try await World.inside(isInitialised: false) { world in
            let redis = try await RedisProcess.start(in: world)
            let proxy = announcement == .eaten ? try DroppingProxy(before: redis, in: world) : nil
            defer { proxy?.stop() }
            let fleet = try await Fleet.start(2, in: world, meeting: redis, at: { _ in proxy?.url })
            let (first, second) = (fleet.daemons[0], fleet.daemons[1])
            let agent = try await first.agent("trader")
            if announcement == .forbidden {
                try await fleet.redis.ask("ACL", "SETUSER", "default", "resetchannels")
                try await fleet.redis.ask("CLIENT", "KILL", "TYPE", "pubsub")
            }
            let count = Variables.soak > 1 ? 300 : 60
            var grants: [Grant] = []
            for _ in 0..<count { grants.append(try await first.grant(to: agent)) }
            let last = grants[count - 1].token
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
            let places = [("p50", count / 2 - 1), ("p99", count * 99 / 100 - 1), ("worst", count - 1)]
            let figures = places.map { name, place in "\(name) \((delays[place] / .milliseconds(1) * 10).rounded() / 10) ms" }
            print("revocation, \(announcement.rawValue): \(figures.joined(separator: ", "))")
            if let proxy { #expect(proxy.eaten > count, "the proxy has eaten \(proxy.eaten)") }
            // Not a figure but the promise: a second, whatever becomes of announcements.
            #expect(delays[count - 1] < .seconds(1))
        }
    }
}
