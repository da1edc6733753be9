import Testing
import WaiaasCore

@Suite("Problem catalogue")
struct ProblemTests {
    @Test(arguments: ProblemCode.allCases)
    func `a row is complete: an upper-snake code, a client or server status, a sentence`(code: ProblemCode) {
        let row = code.row
        #expect(!row.text.isEmpty && row.text.utf8.allSatisfy { (65...90).contains($0) || $0 == 95 })
        #expect((400...599).contains(row.status))
        #expect(row.message.hasSuffix("."))
        #expect(row.hint?.hasSuffix(".") ?? true)
    }

    @Test(arguments: ProblemCode.allCases)
    func `a 401 has a challenge, a 429 and a 503 a time to wait, and nothing else has either`(code: ProblemCode) {
        #expect((code.row.challenge != nil) == (code.status == 401))
        #expect((code.row.retryAfterSeconds != nil) == (code.status == 429 || code.status == 503))
    }

    @Test func `no two rows agree in code and status, so an answer names one row`() {
        let rows = Set(ProblemCode.allCases.map { "\($0.text) \($0.status)" })
        #expect(rows.count == ProblemCode.allCases.count)
        for code in ProblemCode.allCases { #expect(ProblemCode(text: code.text, status: code.status) == code) }
        #expect(ProblemCode(text: "SESSION_REVOKED", status: 401) == .sessionRevoked)
        #expect(ProblemCode(text: "SESSION_REVOKED", status: 409) == .sessionAlreadyRevoked)
        #expect(ProblemCode(text: "SESSION_REVOKED", status: 400) == nil)
        #expect(ProblemCode(text: "FROM_THE_FUTURE", status: 400) == nil)
    }

    @Test func `a problem takes what it is not told from its row`() {
        let plain = Problem(.agentNotFound)
        #expect(plain.message == ProblemCode.agentNotFound.row.message && plain.hint == ProblemCode.agentNotFound.row.hint)
        let told = Problem(.rotationTooRecent, message: "m", hint: "h", retryAfterSeconds: 7)
        #expect(told.message == "m" && told.hint == "h" && told.retryAfterSeconds == 7)
    }

    @Test func `refusals that would help a thief carry no hint`() {
        for code in [ProblemCode.sessionRenewalMismatch, .invalidMasterPassword] { #expect(code.row.hint == nil) }
    }

    @Test(arguments: ProblemCode.allCases)
    func `what says when to try again is worth trying again`(code: ProblemCode) {
        #expect(code.row.retryAfterSeconds == nil || code.row.retryable)
    }

    @Test(arguments: ProblemCode.allCases)
    func `a row names no command that does not exist`(code: ProblemCode) {
        for word in ["doctor", "config show"] { #expect(code.row.hint?.contains(word) != true) }
    }

    @Test(arguments: [
        (Problem(.tokenExpired), [HeaderField("WWW-Authenticate", "Bearer realm=\"waiaas\", error=\"invalid_token\"")]),
        (Problem(.masterPasswordRequired), [HeaderField("WWW-Authenticate", "X-Master-Password realm=\"waiaas\"")]),
        (Problem(.rotationTooRecent, retryAfterSeconds: 12), [HeaderField("Retry-After", "12")]),
        (Problem(.rotationTooRecent, retryAfterSeconds: 0), [HeaderField("Retry-After", "1")]),
        (Problem(.shuttingDown), [HeaderField("Retry-After", "5")]),
        (Problem.methodNotAllowed(allowing: ["GET", "PATCH"]), [HeaderField("Allow", "GET, PATCH")]),
        (Problem(.sessionAlreadyRevoked), []),
        (Problem(.renewalTooEarly), []),
    ])
    func `the header fields follow from the problem`(problem: Problem, expected: [HeaderField]) {
        #expect(problem.headers == expected)
    }
}
