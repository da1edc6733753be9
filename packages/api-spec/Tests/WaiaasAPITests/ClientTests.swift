import Foundation
import Synchronization
import Testing
import WaiaasAPI
import WaiaasClient
import WaiaasCore
import WaiaasTransport

@Suite("Client", .timeLimit(.minutes(1)))
struct ClientTests {
    private static func secret(_ text: String) -> WipedSecret {
        var bytes = Array(text.utf8)
        return WipedSecret(taking: &bytes)
    }

    private static func client(_ server: ScriptedServer, _ credential: Credential = .none, timeout: Duration = .seconds(10)) throws
        -> Client
    {
        try Client(door: .network(baseURL: "http://127.0.0.1:\(server.port)"), credential: credential, timeout: timeout)
    }

    @Test func `a call says what the endpoint says, and reads what it answers`() async throws {
        let server = try ScriptedServer(.loopback, answers: [ScriptedServer.answer("201 Created", IssuedSession.example.encoded())])
        let issued = try await Self.client(server, .masterPassword(Self.secret("correct horse battery"))).call(IssueSession.self, .example)
        #expect(issued == .example)
        let request = try #require(server.requests.first)
        #expect(request.hasPrefix("POST /v1/sessions HTTP/1.1\r\n"))
        #expect(request.contains("\r\nX-Master-Password: correct horse battery\r\n"))
        #expect(request.contains("\r\nContent-Type: application/json\r\n"))
        #expect(!request.contains("Expect:") && !request.contains("Authorization"))
        #expect(request.hasSuffix("\r\n\r\n" + String(decoding: NewSession.example.encoded(), as: UTF8.self)))
    }

    @Test func `a call without a body sends none, and its parameter stands in the path`() async throws {
        let server = try ScriptedServer(.loopback, answers: [ScriptedServer.answer("200 OK", RenewedSession.example.encoded())])
        let client = try Self.client(server, .agentSession(Self.secret("wai_sess_abc")))
        #expect(try await client.call(RenewSession.self, .example) == .example)
        let request = try #require(server.requests.first)
        #expect(request.hasPrefix("PUT /v1/sessions/01935d3e-8a10-7c3b-a05f-6e7d8c9ba012/renew HTTP/1.1\r\n"))
        #expect(request.contains("\r\nAuthorization: Bearer wai_sess_abc\r\n"))
        #expect(request.hasSuffix("\r\n\r\n") && !request.contains("Content-Type"))
    }

    @Test func `an operator's POST without a body has length zero and no content type`() async throws {
        let server = try ScriptedServer(.loopback, answers: [ScriptedServer.answer("200 OK", RotationPlan.example.encoded())])
        let client = try Self.client(server, .masterPassword(Self.secret("correct horse battery")))
        #expect(try await client.call(RotateSecret.self, .example) == .planned(.example))
        let request = try #require(server.requests.first)
        #expect(request.hasPrefix("POST /v1/admin/rotate-secret?compromised=true&dry_run=true HTTP/1.1\r\n"))
        #expect(request.contains("\r\nContent-Length: 0\r\n") && !request.contains("Content-Type"))
    }

    @Test func `a stream is asked for from where it broke off`() async throws {
        let body = "id: 8\ndata: <svg/>\n\n"
        let answer = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        let server = try ScriptedServer(.loopback, answers: [answer, answer])
        let client = try Self.client(server)
        let seen = Mutex<[StreamedEvent]>([])
        for last in [nil, "8"] {
            try await client.watch(path: "/stream/build", after: last) { event in
                seen.withLock { $0.append(event) }
                return true
            }
        }
        #expect(seen.withLock { $0 } == Array(repeating: StreamedEvent(kind: "message", id: "8", data: "<svg/>"), count: 2))
        #expect(server.requests.map { $0.contains("\r\nLast-Event-ID: 8\r\n") } == [false, true])
        #expect(server.requests.allSatisfy { $0.contains("\r\nAccept: text/event-stream\r\n") })
    }

    @Test func `a credential goes only to endpoints that take it`() async throws {
        let answers = [
            ScriptedServer.answer("200 OK", Health.example.encoded()), ScriptedServer.answer("200 OK", OwnSession.example.encoded()),
        ]
        let server = try ScriptedServer(.loopback, answers: answers)
        let client = try Self.client(server, .masterPassword(Self.secret("correct horse battery")))
        #expect(try await client.call(GetHealth.self) == .example)
        #expect(try await client.call(GetOwnSession.self) == .example)
        #expect(server.requests.allSatisfy { !$0.contains("correct horse") })
        #expect(server.connections == 1)
    }

    @Test func `a refusal comes back as the daemon said it`() async throws {
        let body = ProblemAnswer(Problem(.rotationTooRecent, details: ["previousExpiry": "x"]), requestId: "req_7").encoded()
        let server = try ScriptedServer(
            .loopback, answers: [ScriptedServer.answer("429 Too Many Requests", body, headers: "Retry-After: 211\r\n")])
        let error = await #expect(throws: ClientError.self) { try await Self.client(server).call(RotateSecret.self, RotationChoice()) }
        guard case .refused(let refusal) = error else { Issue.record("\(String(describing: error))"); return }
        #expect(refusal.code == .rotationTooRecent && refusal.retryAfterSeconds == 211)
        #expect(refusal.answer.requestId == "req_7" && refusal.answer.details?["previousExpiry"] == .string("x"))
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n{",
        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\noops",
    ])
    func `an answer that is no daemon's is told apart, and a redirect is not followed`(answer: String) async throws {
        let server = try ScriptedServer(.loopback, answers: [answer])
        let error = await #expect(throws: ClientError.self) { try await Self.client(server).call(GetHealth.self) }
        guard case .unexpectedAnswer = error else { Issue.record("\(String(describing: error))"); return }
    }

    @Test func `a connection that closes without an answer is an interruption, a closed port is unreachable`() async throws {
        let server = try ScriptedServer(.loopback, answers: [""])
        let broken = await #expect(throws: ClientError.self) { try await Self.client(server).call(GetHealth.self) }
        guard case .interrupted = broken else { Issue.record("\(String(describing: broken))"); return }
        let client = try Client(door: .network(baseURL: "http://127.0.0.1:1"))
        let closed = await #expect(throws: ClientError.self) { try await client.call(GetHealth.self) }
        guard case .unreachable = closed else { Issue.record("\(String(describing: closed))"); return }
    }

    @Test func `a daemon that never answers is given up after the timeout`() async throws {
        // The kernel completes the connection from the backlog; nobody ever reads from it.
        let server = try ScriptedServer(.loopback, answers: [])
        let client = try Self.client(server, timeout: .milliseconds(50))
        await #expect(throws: ClientError.interrupted(reason: "no answer in time")) { try await client.call(GetHealth.self) }
        withExtendedLifetime(server) {}
    }

    @Test func `the operator's socket is reached in a directory whose path is too long for a socket address`() async throws {
        let short = FileManager.default.temporaryDirectory.appendingPathComponent("w\(UInt32.random(in: 0 ... .max))")
        let long = short.appendingPathComponent(String(repeating: "d", count: 150))
        try FileManager.default.createDirectory(at: long, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: short) }
        let socket = try #require(DirectorySocket(directory: long.path, name: "operator.sock"))
        let server = try ScriptedServer(.unix(socket.path), answers: [ScriptedServer.answer("200 OK", Health.example.encoded())])
        let client = try Client(
            door: .operatorSocket(directory: long.path), credential: .masterPassword(Self.secret("correct horse battery")))
        #expect(try await client.call(GetHealth.self) == .example)
        #expect(server.requests.first?.contains("\r\nHost: localhost\r\n") == true)
    }

    @Test func `a data directory that is not there, or has no socket, is unreachable`() async throws {
        #expect(throws: ClientError.unreachable(reason: "the directory /nowhere/at/all cannot be opened")) {
            try Client(door: .operatorSocket(directory: "/nowhere/at/all"))
        }
        let client = try Client(door: .operatorSocket(directory: "/proc"))
        let error = await #expect(throws: ClientError.self) { try await client.call(GetHealth.self) }
        guard case .unreachable = error else { Issue.record("\(String(describing: error))"); return }
    }

    @Test(arguments: ["127.0.0.1:3100", "ftp://127.0.0.1", "http://", "http://user@host", "http://host/path", "http://ho st", "http://h?x"])
    func `an address that is no base URL is refused`(address: String) {
        #expect(throws: ClientError.invalidAddress(address)) { try Client(door: .network(baseURL: address)) }
    }

    @Test(arguments: [
        "http://example.test", "http://127.0.0.1.example.test", "http://127.1.2", "http://10.0.0.1:3100", "http://[::2]:3100",
    ])
    func `a credential never leaves this machine without TLS`(address: String) async throws {
        let client = try Client(door: .network(baseURL: address), credential: .masterPassword(Self.secret("correct horse battery")))
        await #expect(throws: ClientError.unprotected(address: address)) { try await client.call(GetStatus.self) }
    }

    @Test(arguments: ["line\nbreak", "carriage\rreturn", "nul\0"])
    func `a credential that would break the header is not sent`(text: String) async throws {
        let client = try Client(door: .network(baseURL: "http://127.0.0.1:1"), credential: .masterPassword(Self.secret(text)))
        await #expect(throws: ClientError.unsendableCredential) { try await client.call(GetStatus.self) }
    }

    @Test func `a secret taken over leaves nothing behind in the array it came in`() {
        var bytes = Array("correct horse battery".utf8)
        let secret = WipedSecret(taking: &bytes)
        #expect(bytes.isEmpty && secret.count == 21)
        var seen: [UInt8] = []
        secret.withHeaderBytes { span in seen = (0..<span.byteCount).map { unsafe span.unsafeLoad(fromByteOffset: $0, as: UInt8.self) } }
        #expect(String(decoding: seen, as: UTF8.self) == "correct horse battery")
    }
}
