import Glibc
import Testing
import WaiaasCore
import WaiaasCrypto
import WaiaasHTTP
import WaiaasInstance
import WaiaasStorageTestSupport
import WaiaasTestSupport

@testable import WaiaasDaemon

/// Who may read the metrics: the operator, and who has the token of `metrics.token_file`.
@Suite(.inTurns) struct MetricsTokenTests {
    private static let token = "scrape-0123456789abcdef"
    private let directory: String

    init() throws {
        directory = try TemporaryStore.makeDirectory()
    }

    private var path: String { directory + "/token" }

    private func write(_ text: String, mode: mode_t = 0o600) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        _ = Array(text.utf8).withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        fchmod(descriptor, mode)
        close(descriptor)
    }

    private func house() async throws -> House {
        write(Self.token + "\n")
        return try await House { $0.metrics.tokenFile = path }
    }

    private func code(_ house: House, _ authorization: String, from peer: HTTPPeer = House.network) async -> String {
        let answer = await house.ask("GET", "/metrics", [("Authorization", authorization)], from: peer)
        return answer.code ?? String(answer.status)
    }

    @Test func `the token opens the metrics, spelled in any case of its scheme, over both doors, and nothing else`() async throws {
        let house = try await house()
        let answer = await house.ask("GET", "/metrics", [("Authorization", "Bearer \(Self.token)")])
        #expect(answer.status == 200)
        #expect(answer.values("Content-Type") == ["text/plain; version=0.0.4; charset=utf-8"])
        #expect(String(decoding: answer.body, as: UTF8.self).contains("waiaas_build_info{version=\"\(ProductVersion.current)\"} 1\n"))
        #expect(await code(house, "bEARER \(Self.token)") == "200")
        #expect(await code(house, "Bearer \(Self.token)", from: .local(uid: 4_711)) == "200")
        for path in ["/v1/admin/status", "/v1/agents", "/v1/sessions/self"] {
            #expect(await house.ask("GET", path, [("Authorization", "Bearer \(Self.token)")]).status == 401, "\(path)")
        }
        #expect(await house.ask("GET", "/metrics", House.asOperator).status == 200)
        #expect(await house.ask("GET", "/metrics").code == "MASTER_PASSWORD_REQUIRED")
    }

    @Test(
        arguments: [
            "", "Bearer", "Bearer ", "Bearer  ", "Basic \(token)", token, "Bearer \(token)x", "Bearer \(token.dropLast())",
            "Bearer  \(token)",
            "Bearer \(token.uppercased())", "Bearer \(token)\n",
        ])
    func `NET-04: what is not quite the token is refused, and counted`(authorization: String) async throws {
        let house = try await house()
        #expect(await code(house, authorization) == "INVALID_TOKEN")
        try await house.rooms.refusals.record(all: true)
        #expect(try await house.count(of: .requestsRefused) == 1)
    }

    @Test func `two tokens, a session's token and the operator's door being shut`() async throws {
        write(Self.token)
        let house = try await House {
            $0.metrics.tokenFile = path
            $0.http.operatorOverTCP = false
        }
        let issued = try await house.issue(to: try await house.agent())
        #expect(await house.ask("GET", "/metrics", House.bearing(issued.token)).code == "INVALID_TOKEN")
        let twice = [("Authorization", "Bearer \(Self.token)"), ("Authorization", "Bearer \(Self.token)")].map { (name: $0.0, value: $0.1) }
        #expect(await house.ask("GET", "/metrics", twice).code == "INVALID_TOKEN")
        #expect(await code(house, "Bearer \(Self.token)") == "200")
        #expect(await house.ask("GET", "/metrics", House.asOperator).code == "OPERATOR_SOCKET_ONLY")
    }

    @Test func `without the setting no token opens them`() async throws {
        let house = try await House()
        #expect(await code(house, "Bearer \(Self.token)") == "INVALID_TOKEN")
        #expect(await house.ask("GET", "/metrics", House.asOperator).status == 200)
    }

    @Test func `a file that is replaced changes the token, and one that goes bad keeps it and is told once`() async throws {
        let house = try await house()
        let token = try #require(house.rooms.gate.metricsToken)
        write("another-token-of-length\n")
        try token.refresh()
        #expect(await code(house, "Bearer \(Self.token)") == "INVALID_TOKEN")
        #expect(await code(house, "Bearer another-token-of-length") == "200")
        write("short\n")
        #expect(throws: TokenFileFault.self) { try token.refresh() }
        #expect(throws: Never.self) { try token.refresh() }
        #expect(await code(house, "Bearer another-token-of-length") == "200")
        write("another-token-of-length\n", mode: 0o644)
        #expect(throws: TokenFileFault.self) { try token.refresh() }
        write(Self.token)
        try token.refresh()
        #expect(await code(house, "Bearer \(Self.token)") == "200")
    }

    @Test(
        arguments: [
            ("fifteen-charact", 0o600), ("", 0o600), ("\n", 0o600), ("two lines of it\nmore\n", 0o600), ("with a space in it", 0o600),
            ("a good token otherwise\n\n", 0o600), (String(repeating: "x", count: 1_025), 0o600), ("ünïcödé-token-of-length", 0o600),
            ("scrape-0123456789abcdef", 0o644), ("scrape-0123456789abcdef", 0o620),
        ] as [(String, mode_t)])
    func `SEC-05: a file that holds no token, or that others can read, stops the start`(text: String, mode: mode_t) async throws {
        write(text, mode: mode)
        await #expect(throws: TokenFileFault.self) { try await House { $0.metrics.tokenFile = path } }
    }

    @Test(arguments: [String(repeating: "x", count: 16), String(repeating: "~", count: 1_024)])
    func `the shortest and the longest token are taken`(text: String) throws {
        write(text)
        #expect(try TokenFile(path: path).read().count == text.utf8.count)
    }

    @Test func `a file that is not there stops the start, and the error never has what a file holds`() async throws {
        await #expect(throws: TokenFileFault.self) { try await House { $0.metrics.tokenFile = path } }
        write("canary with a space")
        let fault = #expect(throws: TokenFileFault.self) { try TokenFile(path: path).read() }
        #expect(fault?.description.contains("canary") == false)
    }
}
