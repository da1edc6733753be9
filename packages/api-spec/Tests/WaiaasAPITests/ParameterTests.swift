import Testing
import WaiaasAPI
import WaiaasCore

@Suite("Parameters")
struct ParameterTests {
    private static let id = "01935d3e-8a10-7c3b-a05f-6e7d8c9ba012"

    @Test func `a target says exactly the parameters, and they read back from it`() throws {
        #expect(RenewSession.target(.example) == "/v1/sessions/\(Self.id)/renew")
        #expect(try RenewSession.parameters(path: [("id", Self.id)], query: []) == .example)
        #expect(RotateSecret.target(.example) == "/v1/admin/rotate-secret?compromised=true&dry_run=true")
        #expect(RotateSecret.target(RotationChoice()) == "/v1/admin/rotate-secret")
        let target = ListSessions.target(.example)
        let query = try #require(target.split(separator: "?").last)
        #expect(try ListSessions.parameters(path: [], query: PercentEncoding.pairs(ofQuery: String(query))) == .example)
        #expect(try GetAudit.parameters(path: [], query: [("after", "100"), ("limit", "100")]) == .example)
        #expect(try ListAgents.parameters(path: [], query: []) == AgentQuery())
    }

    /// A name may look like a number or a boolean and is still a name.
    @Test(arguments: ["007", "7", "true", "null"])
    func `a text parameter stays text`(name: String) throws {
        #expect(try ListAgents.parameters(path: [], query: [("name", name)]).name?.text == name)
    }

    @Test(arguments: [
        ("limit", "0"), ("limit", "101"), ("limit", "-1"), ("limit", "+5"), ("limit", "05"), ("limit", "5.0"), ("limit", ""),
        ("limit", "99999999999999999999"), ("status", "ACTIVE"), ("order", "up"), ("cursor", "x"), ("agentId", "null"), ("page", "2"),
    ])
    func `a query parameter out of its schema is refused by name`(name: String, value: String) {
        #expect {
            try ListSessions.parameters(path: [], query: [(name, value)])
        } throws: { error in
            guard let problem = error as? Problem, case .array(let issues) = problem.details?["issues"] else { return false }
            return problem.code == .validationError && issues.count == 1 && issues[0]["path"] == .string("parameters.\(name)")
        }
    }

    @Test func `a parameter given twice is refused`() {
        #expect(throws: Problem.self) { try ListSessions.parameters(path: [], query: [("limit", "5"), ("limit", "5")]) }
    }

    @Test(arguments: [
        ("a=b&c", ["a": "b", "c": ""]), ("", [:]), ("a=%C3%A9", ["a": "é"]), ("a=b%26c", ["a": "b&c"]), ("a=b+c", ["a": "b+c"]),
    ])
    func `a query string is split before it is decoded`(query: String, expected: [String: String]) throws {
        let pairs = try PercentEncoding.pairs(ofQuery: query)
        #expect(Dictionary(pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }) == expected)
    }

    @Test(arguments: ["a=%", "a=%4", "a=%zz", "a=%ff", "a=%00", "%C0%AE=1", String(repeating: "a=1&", count: 33)])
    func `a query string that cannot be read in one way is refused`(query: String) {
        #expect(throws: Problem.self) { try PercentEncoding.pairs(ofQuery: query) }
    }

    @Test(arguments: ["", "plain", "a/b?c=d&e", "é✓ %"])
    func `what is encoded decodes to the same text`(text: String) {
        let encoded = PercentEncoding.encoded(text)
        #expect(encoded.utf8.allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "&") })
        #expect(PercentEncoding.decoded(encoded) == text)
    }
}
