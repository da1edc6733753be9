import Testing
import WaiaasTransport

@Suite("Transport", .timeLimit(.minutes(1)))
struct TransportTests {
    @Test func `an answer larger than allowed is cut off`() async throws {
        let body = [UInt8](repeating: 0x61, count: 5_000)
        let server = try ScriptedServer(.loopback, answers: [ScriptedServer.answer("200 OK", body), ScriptedServer.answer("200 OK", body)])
        var request = HTTPRequest(method: "GET", url: "http://127.0.0.1:\(server.port)/", answerLimitBytes: 4_999)
        await #expect(throws: TransportError.answerTooLarge(limitBytes: 4_999)) { try await HTTPTransport().send(request) }
        request.answerLimitBytes = 5_000
        #expect(try await HTTPTransport().send(request).body == body)
    }

    @Test(arguments: ["file:///etc/passwd", "gopher://127.0.0.1/", "nonsense", ""])
    func `nothing but http and https is spoken`(url: String) async {
        await #expect(throws: TransportError.unsendableURL) { try await HTTPTransport().send(HTTPRequest(method: "GET", url: url)) }
    }

    @Test func `header names come in lower case, values without the space around them, and an interim answer is left aside`() async throws {
        let server = try ScriptedServer(
            .loopback,
            answers: ["HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\nHTTP/1.1 200 OK\r\nX-Late: \t a:b\r\nContent-Length: 0\r\n\r\n"])
        let answer = try await HTTPTransport().send(HTTPRequest(method: "GET", url: "http://127.0.0.1:\(server.port)/"))
        #expect(answer.status == 200 && answer.header("x-late") == "a:b" && answer.header("x-early") == nil)
    }

    @Test func `many calls through one transport are answered each with its own answer`() async throws {
        let answers = (0..<50).map { ScriptedServer.answer("200 OK", Array("\($0)".utf8)) }
        let server = try ScriptedServer(.loopback, answers: answers)
        let transport = HTTPTransport()
        let bodies = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    let answer = try await transport.send(HTTPRequest(method: "GET", url: "http://127.0.0.1:\(server.port)/"))
                    return String(decoding: answer.body, as: UTF8.self)
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(bodies.count == 50 && server.connections == 1)
    }
}
