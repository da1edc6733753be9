import Synchronization
import Testing
import WaiaasAPI
import WaiaasCore

@Suite("Sessions with a picture")
struct PanelTests {
    @Test func `a user makes, changes, lists and removes sessions, and their ends stay where they are`() async throws {
        try await World.inside { world in
            let clock = MovingClock.isInstalled ? try MovingClock(in: world, moving: .all) : nil
            let daemon = try await world.start(environment: ["WAIAAS_AUTH_ALGORITHM": "EdDSA"], clock: clock)
            let ada = try await daemon.login(of: "ada")
            #expect(try await daemon.network.send(.makePanel("a", of: "ada", more: #","ttl_seconds":100"#, as: ada.bearer)).status == 201)
            #expect(try await daemon.network.send(.makePanel("b", of: "ada", as: ada.bearer)).status == 201)
            #expect(try await daemon.network.send(.makePanel("a", of: "ada", as: ada.bearer)).gist == "409 USER_SESSION_EXISTS")
            try clock?.move(by: .seconds(60))
            #expect(try await daemon.network.send(.changePanel("a", of: "ada", color: "green", as: ada.bearer)).status == 204)
            let list = try await daemon.network.call(ListPanels.self, PanelOwnerPath(userId: ada.user), as: ada.bearer)
            #expect(list.sessions.map(\.sessionId.text) == ["a", "b"])
            if let clock {
                #expect((30...40).contains(list.sessions[0].ttl), "\(list)")
                try clock.move(by: .seconds(41))
                #expect(try await daemon.network.send(.changePanel("a", of: "ada", color: "blue", as: ada.bearer)).status == 404)
                try await eventually("the row is gone") { try await daemon.auditNames().contains("USER_SESSIONS_EXPIRED") }
            }
            #expect(
                try await daemon.network.send(Request("DELETE", "/api/user/ada/session/b", as: ada.bearer)).status == 204)
            let left = try await daemon.network.call(ListPanels.self, PanelOwnerPath(userId: ada.user), as: ada.bearer)
            #expect(left.sessions.count == (clock == nil ? 1 : 0))
        }
    }

    @Test func `token before owner before body before existence`() async throws {
        try await World.inside { world in
            let daemon = try await world.start(environment: ["WAIAAS_AUTH_ALGORITHM": "EdDSA"])
            let ada = try await daemon.login(of: "ada")
            func put(_ user: String, _ body: String, as who: Credential) async throws -> String {
                try await daemon.network.send(Request("PUT", "/api/user/\(user)/session/none", json: body, as: who)).gist
            }
            #expect(try await put("bob", "{", as: .nobody) == "401 INVALID_TOKEN")
            #expect(try await put("bob", "{", as: ada.bearer) == "403 FORBIDDEN")
            #expect(try await put("ada", "{", as: ada.bearer) == "400 VALIDATION_ERROR")
            #expect(try await put("ada", #"{"args":{}}"#, as: ada.bearer) == "404 USER_SESSION_NOT_FOUND")
            let faulty = Request(
                "POST", "/api/user/ada/session", json: #"{"session_id":"x","template":"<svg>\n  {{ colour | nothing }}</svg>"}"#,
                as: ada.bearer)
            let refused = try await daemon.network.send(faulty)
            #expect(refused.gist == "422 TEMPLATE_REFUSED")
            #expect(refused.json?["details"]?["line"]?.integer == 2)
            #expect(try await daemon.network.send(.makePanel("x", of: "ada", as: ada.bearer)).status == 201)
            // A fault of the body is told before the session's existence.
            #expect(try await daemon.network.send(faulty).gist == "422 TEMPLATE_REFUSED")
        }
    }

    @Test(.enabled(if: MovingClock.isInstalled, "\(MovingClock.missing)"))
    func `an update without the owner's token is refused, whatever it comes with`() async throws {
        try await World.inside { world in
            let clock = try MovingClock(in: world, moving: .all)
            let daemon = try await world.start("--log-level debug", environment: ["WAIAAS_AUTH_ALGORITHM": "EdDSA"], clock: clock)
            let (ada, bob) = (try await daemon.login(of: "ada"), try await daemon.login(of: "bob"))
            let agent = try await daemon.grant(to: "trader")
            let life = #","ttl_seconds":86400"#
            #expect(try await daemon.network.send(.makePanel("build", of: "ada", more: life, as: ada.bearer)).status == 201)
            let unsigned = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0." + (ada.access.split(separator: ".").dropFirst().first ?? "") + "."
            let forged = [ada.access + "x", String(ada.access.dropLast()), unsigned, "null", ""]
            for who in [Credential.nobody, agent.credential, daemon.operator, ada.cookie] + forged.map({ .bearer(token: $0) }) {
                let reply = try await daemon.network.send(.changePanel("build", of: "ada", color: "green", as: who))
                #expect(reply.gist == "401 INVALID_TOKEN")
            }
            for method in ["PUT", "DELETE", "GET"] {
                let reply = try await daemon.network.send(
                    Request(
                        method, "/api/user/ada/session/build", [("Content-Type", "application/json")],
                        body: method == "PUT" ? Array(#"{"args":{"color":"green"}}"#.utf8) : nil, as: bob.bearer))
                #expect(reply.gist == "403 FORBIDDEN")
            }
            #expect(daemon.log.contains(#"permission refused to a user"#) && daemon.log.contains("user=bob owner=ada"))
            // Public sessions share neither ids nor ways with those of users.
            for id in Self.crafted {
                for method in ["PUT", "GET"] {
                    let request = Request(
                        method, "/api/session/\(id)", [("Content-Type", "application/json")],
                        body: method == "PUT" ? Array(#"{"args":{"color":"green"}}"#.utf8) : nil)
                    let reply = try await daemon.network.send(request)
                    #expect([400, 401, 404].contains(reply.status), "\(method) \(id): \(reply)")
                }
                let made = try await daemon.network.send(
                    Request("POST", "/api/session", json: #"{"session_id":"\#(id)","template":"\#(Request.box)","args":{"color":"green"}}"#)
                )
                #expect([201, 400, 429].contains(made.status), "\(id): \(made)")
            }
            #expect(try await daemon.color(of: "build", of: ada) == "red")
            try clock.move(by: .seconds(910))
            let late = try await daemon.network.send(.changePanel("build", of: "ada", color: "green", as: ada.bearer))
            #expect(late.gist == "401 TOKEN_EXPIRED")
            #expect(try await daemon.color(of: "build", of: try await daemon.signIn("ada")) == "red")
        }
    }

    /// Ids that try to leave the public ones for `ada`'s `build`: each separator, encoding and glob character that some layer knows.
    private static let crafted = [
        "build", "ada/build", "ada%2Fbuild", "ada%2fbuild", "ada%252fbuild", "ada:build", "ada%3Abuild", "user:ada:session:build",
        "user%3Aada%3Asession%3Abuild", "..%2Fuser%2Fada%2Fsession%2Fbuild", "../user/ada/session/build", "%2e%2e/user/ada/session/build",
        "*", "%2A", "ada*", "ada%3F", "%5Bab%5D", "ada%00build", "ada%7Cbuild", "ada%5Cbuild", "ada%0Abuild", "ada%20build", "ada.build",
        "ada%C0%AFbuild", "%EF%BC%8F", "ada%E2%88%95build", "ada%2Cbuild", "ada;build", "ada%27--", "user.ada.build", "ada_build",
    ]

    @Test func `after kill -9 every session is there with what was acknowledged last`() async throws {
        try await World.inside { world in
            let daemon = try await world.start(environment: ["WAIAAS_AUTH_ALGORITHM": "EdDSA"])
            let ada = try await daemon.login(of: "ada")
            for index in 0..<100 {
                let made = try await daemon.network.send(.makePanel("p\(index)", of: "ada", as: ada.bearer))
                #expect(made.status == 201)
            }
            for color in ["green", "blue", "gold"] {
                #expect(try await daemon.network.send(.changePanel("p7", of: "ada", color: color, as: ada.bearer)).status == 204)
            }
            let begun = ContinuousClock.now
            let list = try await daemon.network.call(ListPanels.self, PanelOwnerPath(userId: ada.user), as: ada.bearer)
            print("a list of 100 sessions: \(ContinuousClock.now - begun)")
            #expect(list.sessions.count == 100)
            try await daemon.kill9()
            let second = try await world.start("--port \(daemon.port)", environment: ["WAIAAS_AUTH_ALGORITHM": "EdDSA"])
            let again = try await second.network.call(ListPanels.self, PanelOwnerPath(userId: ada.user), as: ada.bearer)
            #expect(again.sessions.map(\.sessionId) == list.sessions.map(\.sessionId))
            #expect(again.sessions.map(\.createdAt) == list.sessions.map(\.createdAt))
            #expect(try await second.color(of: "p7", of: ada) == "gold")
            #expect(try await second.network.send(.changePanel("p8", of: "ada", color: "gray", as: ada.bearer)).status == 204)
            try await second.stop()
            try await world.waiaas("audit verify").succeeded()
        }
    }

    @Test func `sessions are in a backup and come back with a restore; an export names who made them`() async throws {
        try await World.inside { world in
            let daemon = try await world.start(environment: ["WAIAAS_AUTH_ALGORITHM": "EdDSA"])
            let ada = try await daemon.login(of: "ada")
            #expect(try await daemon.network.send(.makePanel("build", of: "ada", color: "gold", as: ada.bearer)).status == 201)
            try await world.waiaas("backup create --output \(world.path("copy"))").succeeded()
            #expect(try await daemon.network.send(Request("DELETE", "/api/user/ada/session/build", as: ada.bearer)).status == 204)
            #expect(try await daemon.auditNames().suffix(4).contains("USER_SESSION_DELETED"))
            try await daemon.stop()
            try await world.waiaas("restore \(world.path("copy")) --yes").succeeded()
            let second = try await world.start(environment: ["WAIAAS_AUTH_ALGORITHM": "EdDSA"])
            #expect(try await second.color(of: "build", of: try await second.signIn("ada")) == "gold")
        }
    }

    /// A hundred; in a soak run a thousand, whose passwords take Argon2 its time.
    @Test func `many users at once, each with a session of their own`() async throws {
        try await World.inside { world in
            let daemon = try await world.start(environment: ["WAIAAS_AUTH_ALGORITHM": "EdDSA"])
            let count = 100 * Variables.soak
            let names = (0..<count).map { "user-\($0)" }
            // The first password is unwrapped by Argon2, for which four may wait; then it is remembered.
            try await daemon.user("first")
            let tokens = try await daemon.tokens(of: names)
            let begun = ContinuousClock.now
            let answers = Answers()
            try await withThrowingTaskGroup { group in
                for part in 0..<50 {
                    group.addTask {
                        try await onThread { [door = daemon.network.door] in
                            for index in stride(from: part, to: count, by: 50) {
                                let connection = try Connection(door)
                                let who = Credential.bearer(token: tokens[index])
                                for request in [
                                    Request.makePanel("own", of: names[index], as: who),
                                    .changePanel("own", of: names[index], color: "green", as: who),
                                    .changePanel("own", of: names[(index + 1) % count], color: "black", as: who),
                                ] {
                                    let gist = try connection.exchange(request).gist
                                    answers.note(gist)
                                }
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            print("\(count) users: a session and two updates each in \(ContinuousClock.now - begun)")
            #expect(answers.counts == ["201": count, "204": count, "403 FORBIDDEN": count])
        }
    }
}

extension DaemonProcess {
    /// The tokens of new users, signed in by some threads at once.
    fileprivate func tokens(of names: [String]) async throws -> [String] {
        let (password, operators) = (userPassword, `operator`)
        return try await withThrowingTaskGroup(of: [Int: String].self) { group in
            for part in 0..<8 {
                group.addTask { [network, socket] in
                    var tokens: [Int: String] = [:]
                    for index in stride(from: part, to: names.count, by: 8) {
                        let user = #"{"userId":"\#(names[index])","password":"\#(password)"}"#
                        let made = try await socket.send(Request("POST", "/v1/users", json: user, as: operators))
                        try #require(made.status == 201, "\(made)")
                        let login = #"{"user_id":"\#(names[index])","password":"\#(password)","refresh":"none","ttl_seconds":3600}"#
                        let grant = try await network.send(Request("POST", "/api/auth/token", json: login))
                        tokens[index] = try #require(grant.json?["token"]?.string, "\(grant)")
                    }
                    return tokens
                }
            }
            let all = try await group.reduce(into: [:]) { all, some in all.merge(some) { $1 } }
            return names.indices.map { all[$0] ?? "" }
        }
    }
}

/// What was answered, counted.
private final class Answers: Sendable {
    private let all = Mutex<[String: Int]>([:])

    func note(_ gist: String) { all.withLock { $0[gist, default: 0] += 1 } }
    var counts: [String: Int] { all.withLock { $0 } }
}
