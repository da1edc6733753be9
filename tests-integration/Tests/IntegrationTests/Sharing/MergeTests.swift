import Glibc
import Testing
import WaiaasAPI
import WaiaasCore

@Suite("A Redis server that lost what it had acknowledged")
struct MergeTests {
    @Test func `several entries that Redis lost are merged behind what others did, and a start right after it finds all of it whole`()
        async throws
    {
        try await World.inside(isInitialised: false) { world in
            let fleet = try await Fleet.start(2, in: world)
            let (first, second) = (fleet.daemons[0], fleet.daemons[1])
            let agent = try await first.agent("trader")
            let (revoked, suspended) = (try await first.grant(to: agent), try await first.grant(to: "suspended"))
            let login = try await first.login(of: "ada")
            for grant in [revoked, suspended] { try await fleet.agree("200 current", on: grant.token) }
            for daemon in fleet.daemons { try await daemon.comesToSay("200", of: login) }
            try await fleet.worlds[0].waiaas("key rotate --ring audit").succeeded()
            try await fleet.isQuiet()

            // What only the first does, and Redis loses: several entries, of which some contradict what the second does later.
            second.stopsForNow()
            let end = try await fleet.redis.ask("GET", "{waiaas}:end")
            let kept = try await first.grant(to: agent)
            _ = try await first.socket.call(RevokeSession.self, SessionPath(id: revoked.sessionID), as: first.operator)
            try await fleet.worlds[0].waiaas("user disable ada").succeeded()
            try await fleet.worlds[0].waiaas("agent suspend \(suspended.agentID)").succeeded()
            let twin = try await first.grant(to: "twin")
            try await first.rotate()
            try await fleet.worlds[0].waiaas("key rotate --ring audit").succeeded()
            first.stopsForNow()
            let lost = try await fleet.redis.lose(after: end)
            #expect(lost >= 7)

            second.goesOn()
            let other = try await second.grant(to: "twin")
            let fresh = try await second.grant(to: agent)
            _ = try await second.grant(to: suspended.agentID)
            let user = UserChange(password: "another password of ada's")
            _ = try await second.socket.call(UpdateUser.self, UserPath(userId: login.user), user, as: second.operator)
            let rotated = try await second.rotate()

            first.goesOn()
            try await eventually("the merge is told") { try await first.auditNames().contains("SHARED_LOG_MERGED") }
            /// What all must say, whoever did it, before and after a start.
            func expectOneTruth(_ daemons: [DaemonProcess]) async throws {
                for daemon in daemons {
                    for token in [fresh.token, other.token, kept.token] {
                        try await eventually("good at \(daemon.port)") { try await daemon.verdict(on: token) == "200 previous" }
                    }
                    try await eventually("revoked") { try await daemon.verdict(on: revoked.token) == "401 SESSION_REVOKED" }
                    // The name was given to another agent; with it the session goes.
                    try await eventually("left out") { try await daemon.verdict(on: twin.token).hasPrefix("401") }
                    try await eventually("suspended") { try await daemon.verdict(on: suspended.token).hasPrefix("200") == false }
                    try await eventually("disabled") { try await daemon.identityVerdict(on: login.access).hasPrefix("401") }
                    #expect(try await daemon.signIn(with: "another password of ada's") == 403)
                    #expect(try await daemon.socket.call(GetSecrets.self, as: daemon.operator).current.kid == rotated.kid)
                }
                for world in fleet.worlds {
                    try await eventually("the audit log is whole") { try await world.waiaas("audit verify").exit == .code(0) }
                }
            }
            try await expectOneTruth(fleet.daemons)
            let told = try #require(try await first.auditRecords().last { $0.event == "SHARED_LOG_MERGED" })
            #expect("\(told)".contains("the session secret"), "\(told)")

            // A start right after it, of both.
            try await first.kill9()
            try await second.kill9()
            let again = [try await fleet.worlds[0].start(), try await fleet.worlds[1].start()]
            try await expectOneTruth(again)
            let last = try await again[0].grant(to: agent)
            try await eventually("they go on together") { try await again[1].verdict(on: last.token) == "200 current" }
            for world in fleet.worlds { try await world.waiaas("doctor --with-password").succeeded() }
        }
    }

    @Test func `killed right after a merge, a daemon starts and is whole`() async throws {
        try await World.inside(isInitialised: false) { world in
            let fleet = try await Fleet.start(2, in: world)
            let (first, second) = (fleet.daemons[0], fleet.daemons[1])
            let grant = try await first.grant(to: "trader")
            try await fleet.agree("200 current", on: grant.token)
            try await fleet.isQuiet()
            second.stopsForNow()
            let end = try await fleet.redis.ask("GET", "{waiaas}:end")
            _ = try await first.socket.call(RevokeSession.self, SessionPath(id: grant.sessionID), as: first.operator)
            // Signs the chain: its checkpoint covers records that the merge takes back.
            try await fleet.worlds[0].waiaas("key rotate --ring audit").succeeded()
            first.stopsForNow()
            try await fleet.redis.lose(after: end)
            second.goesOn()
            let fresh = try await second.grant(to: grant.agentID)
            first.goesOn()
            try await eventually("the merge") { first.log.contains("they were merged") }
            try await first.kill9()
            let again = try await fleet.worlds[0].start()
            try await eventually("revoked") { try await again.verdict(on: grant.token) == "401 SESSION_REVOKED" }
            try await eventually("fresh") { try await again.verdict(on: fresh.token) == "200 current" }
            for world in fleet.worlds {
                try await eventually("the audit log is whole") { try await world.waiaas("audit verify").exit == .code(0) }
            }
        }
    }
}

extension DaemonProcess {
    /// It stands still, and hears nothing.
    fileprivate func stopsForNow() { kill(pid, SIGSTOP) }
    fileprivate func goesOn() { kill(pid, SIGCONT) }

    fileprivate func comesToSay(_ verdict: String, of login: Login) async throws {
        try await eventually("\(verdict) at \(port)") { try await identityVerdict(on: login.access) == verdict }
    }

    /// The status of a sign-in of the user `ada`.
    fileprivate func signIn(with password: String) async throws -> Int {
        let json = #"{"user_id":"ada","password":"\#(password)"}"#
        return try await network.send(Request("POST", "/api/auth/token", json: json)).status
    }
}

extension Fleet {
    /// Waits until every daemon has entered what it enters by itself after a start, and signed it.
    fileprivate func isQuiet() async throws {
        try await eventually("nothing moves", within: .seconds(60)) {
            let before = try await redis.ask("GET", "{waiaas}:end")
            // tidy:allow sleep because it looks until nothing moves
            try await Task.sleep(for: .milliseconds(1_500))
            return try await redis.ask("GET", "{waiaas}:end") == before
        }
    }
}

extension RedisProcess {
    /// Loses every entry behind a place, as a server does that acknowledged them and was killed before they were on its disk.
    ///
    /// - Returns: how many.
    @discardableResult
    fileprivate func lose(after end: String) async throws -> Int {
        let kept = try #require(Int(end.prefix { $0.isNumber }))
        let last = try #require(Int(try await ask("GET", "{waiaas}:end").prefix { $0.isNumber }))
        let script = """
            for n = ARGV[1] + 1, ARGV[2] do redis.call('HDEL', KEYS[2], string.format('%.0f', n)) end
            redis.call('SET', KEYS[1], ARGV[3])
            """
        try await ask("EVAL", script, "2", "{waiaas}:end", "{waiaas}:log", String(kept), String(last), end)
        return last - kept
    }
}
