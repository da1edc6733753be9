import Foundation
import Testing
import WaiaasCore

@Suite("Refresh tokens and what may befall them")
struct RefreshCrashTests {
    private static let environment = ["WAIAAS_AUTH_ALGORITHM": "EdDSA"]

    @Test(.enabled(if: Trace.isInstalled && SQLite.isInstalled, "\(Trace.missing), or \(SQLite.missing)"))
    func `killed between commit and answer, the retry gets the successor, which cannot be read from the files`() async throws {
        try await World.inside { world in
            let first = try await world.start(environment: Self.environment)
            let login = try await first.login(of: "ada")
            let port = first.port
            try await first.stop()
            let database = world.sqlite(in: world.dataDirectory)
            #expect(try await database.run("SELECT count(*) FROM refresh_tokens;") == ["1"])

            // It dies at its first attempt to answer anybody.
            let answers = "sendto,sendmsg,writev"
            let trace = Trace(in: world, calls: answers, inject: "\(answers):signal=SIGKILL:when=1")
            let second = try await world.start("--port \(port)", environment: Self.environment, trace: trace)
            await #expect(throws: Connection.Broken.self) { try await second.network.send(.refresh(login.refresh)) }
            try await second.child.ended()
            let seen = try world.everyByteOfDatabase()
            let rows = try await database.run("SELECT generation, lower(hex(token_hash)) FROM refresh_tokens ORDER BY generation;")
            #expect(rows.count == 2, "it was killed before its commit: \(rows)")

            let third = try await world.start("--port \(port)", environment: Self.environment)
            let retried = try await third.refreshed(login)
            #expect(try await database.run("SELECT count(*) FROM refresh_tokens;") == ["2"])
            let hash = try await world.sha256(of: retried.refresh)
            #expect(rows.last == "2|\(hash)", "another successor than the one that was committed")
            let files = seen + (try world.everyByteOfDatabase())
            for token in [login.refresh, retried.refresh] {
                let bytes = try #require(Base64URL.decode(String(token.dropFirst("wai_rt_".count))))
                #expect(bytes.count == 32)
                for secret in [Array(token.utf8), Array(token.utf8.dropFirst(7)), bytes, Array(Hexadecimal.encode(bytes).utf8)] {
                    #expect(Data(files).range(of: Data(secret)) == nil)
                }
            }
            // That the search finds what is there: the hash lies in the file as bytes.
            let known = try #require(Hexadecimal.decode(hash))
            #expect(Data(files).range(of: Data(known)) != nil)
            #expect(try await third.identityVerdict(on: retried.access) == "200")
        }
    }

    @Test(.enabled(if: MovingClock.isInstalled, "\(MovingClock.missing)"))
    func `a used token that comes back is found out after its own end too`() async throws {
        try await World.inside { world in
            let clock = try MovingClock(in: world, moving: .all)
            let environment = Self.environment.merging(["WAIAAS_AUTH_REFRESH_IDLE": "60"]) { $1 }
            let daemon = try await world.start(environment: environment, clock: clock)
            let stolen = try await daemon.login(of: "ada")
            var login = stolen
            for _ in 0..<4 {
                login = try await daemon.refreshed(login)
                try clock.move(by: .seconds(40))
            }
            // Its own minute is long over, and its owner went on.
            #expect(
                try await daemon.network.send(Request("POST", "/api/auth/refresh", as: stolen.cookie)).gist == "401 REFRESH_REUSE_DETECTED")
            #expect(try await daemon.identityVerdict(on: login.access) == "401 INVALID_TOKEN")
            let after = try await daemon.network.send(Request("POST", "/api/auth/refresh", as: login.cookie))
            #expect(after.gist == "401 INVALID_REFRESH_TOKEN")
            #expect(after.header("set-cookie")?.contains("Max-Age=0") == true)
            #expect(try await daemon.auditNames().filter { $0 == "REFRESH_REUSE_DETECTED" }.count == 1)

            // One that lay unused has ended, and that is no reuse.
            let idle = try await daemon.signIn("ada")
            try clock.move(by: .seconds(61))
            #expect(
                try await daemon.network.send(Request("POST", "/api/auth/refresh", as: idle.cookie)).gist == "401 REFRESH_TOKEN_EXPIRED")
            #expect(try await daemon.auditNames().filter { $0 == "REFRESH_REUSE_DETECTED" }.count == 1)
        }
    }

    @Test(.enabled(if: MovingClock.isInstalled, "\(MovingClock.missing)"))
    func `the same token is answered the same for half a minute, and then it is reuse`() async throws {
        try await World.inside { world in
            let clock = try MovingClock(in: world, moving: .all)
            let daemon = try await world.start(environment: Self.environment, clock: clock)
            let login = try await daemon.login(of: "ada")
            let next = try await daemon.refreshed(login)
            try clock.move(by: .seconds(25))
            #expect(try await daemon.refreshed(login).refresh == next.refresh)
            try clock.move(by: .seconds(10))
            #expect(try await daemon.network.send(.refresh(login.refresh)).gist == "400 invalid_grant")
            #expect(try await daemon.identityVerdict(on: next.access) == "401 INVALID_TOKEN")
            // The sealed successor does not outlive the time in which it may be asked for.
            guard SQLite.isInstalled else { return }
            try clock.move(by: .seconds(120))
            let database = world.sqlite(in: world.dataDirectory)
            try await eventually("the clean-up", within: .seconds(60)) {
                try await database.run("SELECT count(*) FROM refresh_families WHERE sealed_successor IS NOT NULL;") == ["0"]
            }
        }
    }
}

extension World {
    /// The database and its log, byte after byte.
    fileprivate func everyByteOfDatabase() throws -> [UInt8] {
        try Files.list(dataDirectory).filter { $0.hasPrefix("waiaas.db") }.flatMap { try Files.read(data($0)) }
    }

    /// SHA-256 by another program.
    fileprivate func sha256(of text: String) async throws -> String {
        let run = try spawn(try #require(Binary.tool("sha256sum")), [], input: text)
        try await run.ended()
        return String(run.output.prefix(64))
    }
}
