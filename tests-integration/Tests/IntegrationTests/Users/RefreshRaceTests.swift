import Testing
import WaiaasAPI
import WaiaasCore

@Suite("One refresh token, presented many times")
struct RefreshRaceTests {
    private static let environment = [
        "WAIAAS_AUTH_ALGORITHM": "EdDSA", "WAIAAS_AUTH_REFRESH_PER_FAMILY": "0", "WAIAAS_AUTH_REFRESH_PER_ADDRESS": "0",
    ]
    private static let sockets = 64

    @Test func `64 at once get one successor, a hundred times over, and its grandparent ends the login`() async throws {
        try await World.inside { world in
            let daemon = try await world.start(environment: Self.environment)
            let login = try await daemon.login(of: "ada")
            let rounds = 100 * Variables.soak
            let (tokens, access) = try await onThread { [door = daemon.network.door] in
                try Self.race(from: login, rounds: rounds, door)
            }
            #expect(tokens.count == rounds + 1)
            #expect(Set(tokens).count == rounds + 1)
            // One token was minted each time: rows are tokens.
            let newest = try #require(access.last)
            #expect(try await daemon.identityVerdict(on: newest) == "200")
            if SQLite.isInstalled {
                let rows = try await world.sqlite(in: world.dataDirectory).run(
                    "SELECT count(*), max(generation), count(DISTINCT generation) FROM refresh_tokens;")
                #expect(rows == ["\(rounds + 1)|\(rounds + 1)|\(rounds + 1)"])
            }

            // The parent may still be asked about: nobody has used its successor. The grandparent may not.
            #expect(try await daemon.network.send(.refresh(tokens[rounds - 1])).json?["refresh_token"]?.string == tokens[rounds])
            let before = try await daemon.auditNames().count
            for _ in 0..<3 {
                #expect(try await daemon.network.send(.refresh(tokens[rounds - 2])).gist == "400 invalid_grant")
                for token in access { #expect(try await daemon.identityVerdict(on: token) == "401 INVALID_TOKEN") }
                #expect(try await daemon.network.send(.refresh(tokens[rounds])).gist == "400 invalid_grant")
            }
            #expect(try await daemon.auditNames().dropFirst(before).filter { $0 == "REFRESH_REUSE_DETECTED" }.count == 1)
            // Not after a start either.
            try await daemon.kill9()
            let second = try await world.start("--port \(daemon.port)", environment: Self.environment)
            #expect(try await second.identityVerdict(on: newest) == "401 INVALID_TOKEN")
            #expect(try await second.network.send(.refresh(tokens[rounds])).gist == "400 invalid_grant")
            // Another login of the same user is not touched.
            let other = try await second.signIn("ada")
            #expect(try await second.identityVerdict(on: other.access) == "200")
            try await second.stop()
            try await world.waiaas("audit verify").succeeded()
        }
    }

    /// Presents the newest token on every socket before an answer is read; all must name the same next one.
    ///
    /// - Returns: the refresh tokens in the order of their birth, and some access tokens of the last round.
    private static func race(from login: Login, rounds: Int, _ door: Door) throws -> (tokens: [String], access: [String]) {
        let connections = try (0..<sockets).map { _ in try Connection(door) }
        var (tokens, access) = ([login.refresh], [login.access])
        for round in 1...rounds {
            let request = Request.refresh(tokens[round - 1]).bytes
            for connection in connections { try connection.send(request) }
            var answers: Set<String> = []
            var given: [String] = []
            for connection in connections {
                let reply = try connection.reply()
                ContractCheck.check(reply, to: .refresh(""))
                answers.insert("\(reply.gist) \(reply.json?["refresh_token"]?.string ?? reply.text)")
                given.append(reply.json?["access_token"]?.string ?? "")
            }
            try #require(answers.count == 1 && answers.first?.hasPrefix("200 wai_rt_") == true, "round \(round): \(answers)")
            tokens.append(answers.first.map { String($0.dropFirst(4)) } ?? "")
            access = Array(Set(given.suffix(4)))
        }
        return (tokens, access)
    }

    @Test func `a refresh and a logout that meet leave no login behind`() async throws {
        try await World.inside { world in
            let daemon = try await world.start(environment: Self.environment)
            try await daemon.user("ada")
            for _ in 0..<(20 * Variables.soak) {
                let login = try await daemon.signIn("ada")
                let replies = try await onThread { [door = daemon.network.door] in
                    let connections = try (0..<8).map { _ in try Connection(door) }
                    let out = Request("POST", "/api/auth/logout", as: login.cookie)
                    for (number, connection) in connections.enumerated() {
                        try connection.send((number == 4 ? out : .refresh(login.refresh)).bytes)
                    }
                    return try connections.map { try $0.reply() }
                }
                #expect(replies[4].status == 204)
                for reply in replies.filter({ $0.status == 200 }) {
                    #expect(try await daemon.identityVerdict(on: reply.json?["access_token"]?.string ?? "") == "401 INVALID_TOKEN")
                    #expect(try await daemon.network.send(.refresh(reply.json?["refresh_token"]?.string ?? "")).gist == "400 invalid_grant")
                }
                #expect(try await daemon.identityVerdict(on: login.access) == "401 INVALID_TOKEN")
            }
        }
    }
}
