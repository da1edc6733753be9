import Testing
import WaiaasAPI
import WaiaasCore

@Suite("Schema")
struct SchemaTests {
    private static func issues<M: Message>(_ type: M.Type, _ text: String) -> [SchemaIssue] {
        do {
            _ = try M(decoding: Array(text.utf8), as: .request)
            return []
        } catch {
            guard case .array(let details) = error.details?["issues"] else { return [] }
            return details.compactMap { detail in
                guard case .string(let path) = detail["path"], case .string(let code) = detail["code"],
                    case .string(let message) = detail["message"], case .string(let expected) = detail["expected"],
                    case .string(let received) = detail["received"], let code = SchemaIssue.Code(rawValue: code)
                else { return nil }
                return SchemaIssue(path: path, code: code, message: message, expected: expected, received: received)
            }
        }
    }

    private static let agent = #""agentName":"trader""#

    @Test(arguments: [
        ("{\(agent),\"expiresIn\":300}", []),
        ("{\(agent),\"expiresIn\":604800}", []),
        ("{\(agent),\"expiresIn\":null}", []),
        ("{\(agent),\"expiresIn\":299}", ["$.expiresIn range"]),
        ("{\(agent),\"expiresIn\":604801}", ["$.expiresIn range"]),
        ("{\(agent),\"expiresIn\":-1}", ["$.expiresIn range"]),
        ("{\(agent),\"expiresIn\":3600.0}", ["$.expiresIn type"]),
        ("{\(agent),\"expiresIn\":\"3600\"}", ["$.expiresIn type"]),
        ("{\(agent),\"expiresIn\":9007199254740993}", ["$ syntax"]),
        ("{\(agent),\"maxRenewals\":101}", ["$.maxRenewals range"]),
        ("{\(agent),\"ttl\":5}", ["$.ttl unknown"]),
        ("{\(agent),\"agentName\":\"x\"}", ["$ syntax"]),
        ("{\"expiresIn\":300}", ["$ exclusive"]),
        ("{\(agent),\"agentId\":\"01935d3e-7c00-7b2a-9f4e-5d6c7b8a9f01\"}", ["$ exclusive"]),
        ("{\"agentId\":\"01935D3E-7C00-7B2A-9F4E-5D6C7B8A9F01\"}", ["$.agentId format"]),
        ("{\"agentName\":\"...\"}", ["$.agentName format"]),
        ("{\(agent),\"constraints\":[]}", ["$.constraints type"]),
        ("{\(agent),\"constraints\":{\"maxTransactions\":0}}", ["$.constraints.maxTransactions range"]),
        ("{\(agent),\"constraints\":{\"maxTotalAmount\":\"-1\"}}", ["$.constraints.maxTotalAmount format"]),
        ("{\(agent),\"constraints\":{\"maxTotalAmount\":\"01\"}}", ["$.constraints.maxTotalAmount format"]),
        ("{\(agent),\"constraints\":{\"maxTotalAmount\":1}}", ["$.constraints.maxTotalAmount type"]),
        ("{\(agent),\"constraints\":{\"allowedOperations\":[]}}", ["$.constraints.allowedOperations range"]),
        ("{\(agent),\"constraints\":{\"allowedOperations\":[\"A\",7]}}", ["$.constraints.allowedOperations[1] type"]),
        ("{\(agent),\"constraints\":{\"allowedDestinations\":[\"a\\u0007\"]}}", ["$.constraints.allowedDestinations[0] format"]),
        ("[]", ["$ type"]), ("7", ["$ type"]), ("", ["$ syntax"]), ("{", ["$ syntax"]), ("{} x", ["$ syntax"]),
        ("{\(agent),\"expiresIn\":1,\"maxRenewals\":-1,\"x\":0}", ["$.expiresIn range", "$.maxRenewals range", "$.x unknown"]),
    ])
    func `a request for a session is checked whole, and each fault is named by its path`(body: String, expected: [String]) {
        #expect(Self.issues(NewSession.self, body).map { "\($0.path) \($0.code.rawValue)" } == expected)
    }

    @Test func `an issue says what was expected and what came`() {
        #expect(
            Self.issues(NewSession.self, "{\(Self.agent),\"expiresIn\":5}") == [
                SchemaIssue(
                    path: "$.expiresIn", code: .range, message: "must be an integer from 300 to 604800",
                    expected: "integer from 300 to 604800", received: "5")
            ])
    }

    @Test func `an issue is a sentence, whatever the format`() {
        let body = "{\(Self.agent),\"agentId\":\"x\",\"constraints\":{\"maxTotalAmount\":\"-1\"}}"
        #expect(
            Set(Self.issues(NewSession.self, body).filter { $0.code == .format }.map(\.message)) == [
                "must be a UUID in lower case with hyphens", "must be a non-negative decimal number without needless zeros, as text",
            ])
    }

    @Test func `a hostile request gets at most 20 issues of bounded length`() {
        let members = (0..<200).map { "\"\(String(repeating: "k", count: 200))\($0)\":0" }.joined(separator: ",")
        let issues = Self.issues(NewSession.self, "{\(Self.agent),\(members)}")
        #expect(issues.count == 20)
        #expect(issues.allSatisfy { $0.received.utf8.count <= 64 && $0.path.utf8.count <= 80 })
    }

    /// Texts at and around the edges of every format.
    private static let texts = [
        "", ".", "..", "a", "a.b-c_D9", "a b", "é", String(repeating: "a", count: 64), String(repeating: "a", count: 65), "0", "00", "1",
        "1.", ".5", "0.5", "0.50", "1.05", "+1", "-1", "1e5", "10", String(repeating: "9", count: 78), String(repeating: "9", count: 79),
        "01935d3e-7c00-7b2a-9f4e-5d6c7b8a9f01", "01935D3E-7c00-7b2a-9f4e-5d6c7b8a9f01", "01935d3e7c007b2a9f4e5d6c7b8a9f01",
        "2026-11-21T10:15:30.000Z", "2026-11-21T10:15:30Z", "2026-11-21T10:15:30.5Z", "2026-11-21t10:15:30Z", "2026-11-21T10:15:30+00:00",
        "2026-11-21 10:15:30Z", "3f9a2c7b1d4e5f60", "3F9A2C7B1D4E5F60", String(repeating: "ab", count: 32), "a\u{7f}", "a\nb", "asc", "ASC",
        String(repeating: "A", count: 43), String(repeating: "A", count: 86), String(repeating: "A", count: 85), "a=b",
    ]

    @Test(arguments: [
        StringFormat.identifier, .name, .time, .decimal, .keyID, .hex(64), .hex(16), .text(0...64), .base64url(32), .base64url(64),
    ])
    func `the check of a format and its published pattern agree`(format: StringFormat) throws {
        let pattern = try #require(format.pattern)
        let expression = try Regex(pattern)
        for text in Self.texts {
            let fitsLength = if case .text(let length) = format { length.contains(text.unicodeScalars.count) } else { true }
            #expect(format.allows(text) == (fitsLength && text.wholeMatch(of: expression) != nil), "\(format) \(text.debugDescription)")
        }
    }

    @Test func `a choice of texts allows these and no other`() {
        let format = StringFormat.oneOf(["asc", "desc"])
        #expect(Self.texts.filter(format.allows) == ["asc"])
        #expect(format.pattern == nil)
    }
}
