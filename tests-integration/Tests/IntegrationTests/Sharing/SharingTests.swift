import Glibc
import Testing
import WaiaasAPI
import WaiaasCore

@Suite("Several daemons, one truth")
struct SharingTests {
    /// How many come together on an empty server.
    private static let many = 8

    @Test func `directories that are made together on an empty server have one truth, and one key of each ring`() async throws {
        try await World.inside(isInitialised: false) { world in
            let redis = try await RedisProcess.start(in: world)
            let worlds = (0..<Self.many).map { World(world, dataDirectory: world.path("data-\($0)")) }
            let made = try await withThrowingTaskGroup(of: CommandResult.self) { group in
                for world in worlds { group.addTask { try await world.waiaas("init --join \(redis.url) --json").succeeded() } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let founders = try made.count { try $0.json["joined"]?.bool == false }
            #expect(founders == 1)
            #expect(Set(try made.map { try $0.json["sessionKid"]?.string }).count == 1)
            #expect(Set(try made.map { try $0.json["auditKid"]?.string }).count == 1)
            let daemons = try await withThrowingTaskGroup(of: DaemonProcess.self) { group in
                for world in worlds { group.addTask { try await world.start() } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            // What each of them signs with, publishes and hands out.
            var keys: [String: Set<String>] = [:]
            for daemon in daemons {
                try await eventually("all have made what they make at their start") {
                    try await daemon.auditNames().count { $0 == "DAEMON_STARTED" } == Self.many
                }
                keys["session", default: []].insert(try await daemon.socket.call(GetSecrets.self, as: daemon.operator).current.kid.text)
                keys["user", default: []].insert(try await daemon.keySet().text)
                let events = try await daemon.socket.call(GetEventStatus.self, as: daemon.operator)
                keys["event", default: []].formUnion(events.keys.map(\.kid.text))
                let audit = try await daemon.socket.call(ListKeys.self, RingPath(ring: .audit), as: daemon.operator)
                keys["audit", default: []].formUnion(audit.keys.map(\.kid.text))
            }
            #expect(keys.mapValues(\.count) == ["session": 1, "user": 1, "event": 1, "audit": 1], "\(keys)")
            let names = try await daemons[0].auditNames()
            #expect(names.count { $0 == "USER_KEY_ROTATED" } == 1)
            #expect(names.count { $0 == "EVENT_KEY_MADE" } == 1)
            #expect(names.count { $0 == "DAEMON_STARTED" } == Self.many)
            #expect(try await worlds[Self.many - 1].waiaas("audit verify").succeeded().output.contains("whole"))
        }
    }

    @Test func `what one daemon issues the others accept, and what one revokes all refuse`() async throws {
        try await World.inside(isInitialised: false) { world in
            let fleet = try await Fleet.start(3, in: world)
            let agent = try await fleet.daemons[0].agent("trader")
            for (place, daemon) in fleet.daemons.enumerated() {
                let grant = try await daemon.grant(to: agent)
                try await fleet.agree("200 current", on: grant.token)
                let other = fleet.daemons[(place + 1) % 3]
                _ = try await other.socket.call(RevokeSession.self, SessionPath(id: grant.sessionID), as: other.operator)
                try await fleet.agree("401 SESSION_REVOKED", on: grant.token)
            }
            // One chain, made by three.
            #expect(try await fleet.worlds[2].waiaas("audit verify").succeeded().output.contains("whole"))
        }
    }

    @Test func `a rotation at one daemon fails no verification at any, and a cut is refused everywhere`() async throws {
        try await World.inside(isInitialised: false) { world in
            let fleet = try await Fleet.start(2, in: world)
            let grant = try await fleet.daemons[0].grant(to: "trader")
            try await fleet.agree("200 current", on: grant.token)
            let verify = Request("GET", "/v1/sessions/self", as: grant.credential)
            let load = Load(clients: 4) { number in
                let connection = try Connection(fleet.daemons[number % 2].network.door)
                return { try connection.exchange(verify).gist }
            }
            try await eventually("a load") { load.said["200 current", default: 0] > 200 }
            try await fleet.daemons[1].rotate()
            try await eventually("the load has gone on") { load.said["200 previous", default: 0] > 200 }
            let said = try await load.stop()
            #expect(Set(said.keys) == ["200 current", "200 previous"], "\(said)")
            // A token is good at the other daemon as soon as it is issued, whatever the announcement does.
            var fresh = try await fleet.daemons[0].grant(to: grant.agentID)
            for _ in 0..<50 {
                #expect(try await fleet.daemons[1].verdict(on: fresh.token) == "200 current")
                fresh = try await fleet.daemons[0].grant(to: grant.agentID)
            }
            try await fleet.daemons[0].rotate(compromised: true)
            for token in [grant.token, fresh.token] { try await fleet.agree("401 INVALID_TOKEN", on: token) }
            #expect(try await fleet.daemons[1].socket.send(.rotation(as: fleet.daemons[1].operator)).status == 200)
        }
    }

    @Test func `users, their keys, logins and panels are those of all daemons; a viewer of one sees what another changes`() async throws {
        try await World.inside(isInitialised: false) { world in
            let fleet = try await Fleet.start(2, in: world)
            let (first, second) = (fleet.daemons[0], fleet.daemons[1])
            let login = try await first.login(of: "ada")
            try await eventually("the token is good there") { try await second.identityVerdict(on: login.access).hasPrefix("200") }
            let picture = try await LivePicture.make(of: login, at: first)
            try await eventually("the picture is there") {
                try await second.network.send(Request("GET", picture.resource, as: login.bearer)).status == 200
            }
            let viewer = try await Viewer(picture.stream, of: second)
            _ = try await viewer.read(until: "id=\"n0\"")
            try await picture.show(1)
            _ = try await viewer.read(until: "id=\"n1\"")
            let kid = try await first.rotateUserKey()
            try await eventually("the staged key is published there") {
                try await second.keySet().text.contains(kid?.text ?? "no key")
            }
            try await picture.delete()
            _ = try await viewer.read(until: ">ended</text></svg>")
            try await fleet.worlds[0].waiaas("user disable ada").succeeded()
            try await eventually("refused there") { try await second.identityVerdict(on: login.access).hasPrefix("401") }
        }
    }

    @Test func `verification asks Redis nothing`() async throws {
        try await World.inside(isInitialised: false) { world in
            let fleet = try await Fleet.start(1, in: world)
            let grant = try await fleet.daemons[0].grant(to: "trader")
            let verify = Request("GET", "/v1/sessions/self", as: grant.credential)
            let before = try await fleet.redis.calls(of: "evalsha")
            let begin = ContinuousClock.now
            let load = Load(clients: 4) { _ in
                let connection = try Connection(fleet.daemons[0].network.door)
                return { try connection.exchange(verify).gist }
            }
            try await eventually("verifications") { load.said["200 current", default: 0] > 3_000 }
            _ = try await load.stop()
            let calls = try await fleet.redis.calls(of: "evalsha") - before
            // The looks of the bus, four a second, and what the tick writes.
            let looks = Int((ContinuousClock.now - begin) / .seconds(1) * 4) + 20
            #expect(calls < looks, "\(calls) calls beside 3,000 verifications")
        }
    }

    @Test func `a data directory that stood alone is shared, joined, and stands alone again with everything in it`() async throws {
        try await World.inside { world in
            let redis = try await RedisProcess.start(in: world)
            let alone = try await world.start()
            let grant = try await alone.grant(to: "trader")
            try await alone.stop()
            func set(_ backend: String) throws {
                let text = Files.text(world.data("config.toml"))
                let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                    if line.hasPrefix("# backend =") || line.hasPrefix("backend =") { return "backend = \"\(backend)\"" }
                    return line.hasPrefix("# redis_url =") ? "redis_url = \"\(redis.url)\"" : String(line)
                }
                try Files.write(lines.joined(separator: "\n"), to: world.data("config.toml"))
            }
            try await world.waiaas("migrate --to redis").exited(1)
            try set("redis")
            try await world.waiaas("start --port 0").exited(1)
            try await world.waiaas("migrate --to redis").succeeded()
            let joined = World(world, dataDirectory: world.path("joined"))
            try await joined.waiaas("init --join \(redis.url)").succeeded()
            let (first, second) = (try await world.start(), try await joined.start())
            #expect(try await second.verdict(on: grant.token) == "200 current")
            let later = try await second.grant(to: grant.agentID)
            try await second.stop()
            try await first.stop()
            // Apart from the others it is not changed.
            try await world.waiaas("secret reset --yes").exited(1)
            try set("sqlite")
            try await world.waiaas("migrate --to sqlite").succeeded()
            let again = try await world.start()
            #expect(try await again.verdict(on: grant.token) == "200 current")
            #expect(try await again.verdict(on: later.token) == "200 current")
            #expect(try await again.auditNames().suffix(3).contains("SHARING_CHANGED"))
        }
    }

    @Test func `a master password that is changed at one daemon holds at the others at once, and for who joins ten seconds later`()
        async throws
    {
        try await World.inside(isInitialised: false) { world in
            let fleet = try await Fleet.start(2, in: world)
            let new = world.path("password-new")
            try Files.write("canary-of-another-password\n", to: new)
            try await fleet.worlds[0].waiaas("password change --new-password-file \(new)").succeeded()
            try await eventually("it holds there", within: .seconds(5)) {
                try await fleet.worlds[1].waiaas("agent list", passwordFile: new).exit == .code(0)
            }
            try await fleet.worlds[1].waiaas("agent list").exited(4)
            let late = World(world, dataDirectory: world.path("late"))
            try await eventually("it holds for who joins", within: .seconds(15)) {
                try await late.waiaas("init --join \(fleet.redis.url)", passwordFile: new).exit == .code(0)
            }
            let other = World(world, dataDirectory: world.path("other"))
            try await other.waiaas("init --join \(fleet.redis.url)").exited(4)
        }
    }
}
