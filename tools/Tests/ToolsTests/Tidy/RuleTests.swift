import Testing

@testable import tools

/// Each rule fires where it should, and nowhere else.
@Suite struct RuleTests {
    private static let library = "packages/core/Sources/WaiaasCore/A.swift"
    private static let test = "packages/core/Tests/WaiaasCoreTests/A.swift"

    @Test(
        arguments: [
            ("trap", library, "let a = b!"), ("trap", library, "call(b!)"), ("trap", library, "try! run()"), ("trap", library, "a as! B"),
            ("trap", library, "fatalError()"), ("trap", library, "f()!.g"), ("print", library, "print(1)"),
            ("foundation", library, "import Foundation"), ("foundation", "apps/waiaas/A.swift", "public import Foundation"),
            ("sleep", test, "try await Task.sleep(for: a)"), ("sleep", test, "usleep(1)"),
            ("seam", library, "let a = Date()"), ("seam", library, "ContinuousClock.now"),
            ("unchecked", library, "final class A: @unchecked Sendable {"), ("unchecked", library, "nonisolated(unsafe) var a = 1"),
        ])
    func `a line that breaks a rule is named`(rule: String, path: String, line: String) {
        #expect(findings(path, "struct A {}\n\(line)").map { $0.prefix { $0 != " " } } == ["\(path):2:"])
        #expect(findings(path, "struct A {}\n\(line)").first?.contains(": \(rule): ") == true)
        #expect(findings(path, "struct A {}\n// tidy:allow \(rule) because it is a test\n\(line)") == [])
        #expect(findings(path, "struct A {}\n// tidy:allow \(rule)\n\(line)") != [], "a waiver without a reason is none")
    }

    @Test(
        arguments: [
            (library, "if a != b { c() }"), (library, "if !a { b() }"), (library, "let a = \"b!\""), (library, "try print(1)"),
            (library, "func print(_ a: Int) {}"), (library, "output.print(1)"), (test, "print(1)"),
            (library, "import FoundationEssentials"),
            (test, "import Foundation"), (library, "sleep(1)"), (test, "Date()"), (library, "let a = b!==c"),
            ("packages/core/Sources/WaiaasCore/Seams/A.swift", "SystemRandomNumberGenerator()"),
            ("packages/crypto/Sources/WaiaasCrypto/A_openssl.swift", "final class A: @unchecked Sendable {"),
            (library, "import CSQLite\nfinal class B: @unchecked Sendable {"),
        ])
    func `a line that breaks none is not`(path: String, line: String) {
        #expect(findings(path, "struct A {}\n\(line)") == [])
    }

    @Test(
        arguments: [
            ("packages/a/Sources/A/B.swift", "struct A {}", "nothing in it is called B"),
            ("packages/a/Sources/A/SessionManager.swift", "struct SessionManager {}", "SessionManager does not say"),
            ("packages/a/Sources/A/Utils/B.swift", "struct B {}", "the folder Utils"),
        ])
    func `names`(path: String, text: String, finding: String) {
        #expect(FileRules.findings(in: Source(path: path, text: text)).contains { $0.contains(finding) })
    }

    @Test(
        arguments: [
            ("Agent.swift", "enum Agent {}"), ("A+B.swift", "extension A {}"), ("A_openssl.swift", "extension A {}"),
            ("OnThread.swift", "func onThread() {}"), ("Book.swift", "extension Agent.Book {}"),
            ("JwtSecretManager.swift", "final class JwtSecretManager {}"), ("CommonGround.swift", "struct CommonGround {}"),
        ])
    func `a file is named after what it holds`(name: String, text: String) {
        #expect(FileRules.findings(in: Source(path: "packages/a/Sources/A/\(name)", text: text)) == [])
    }

    @Test func `files and functions have a length`() {
        let body = String(repeating: "        a()\n", count: 70)
        let long = "struct A {\n    func b() {\n\(body)    }\n\n    func c() {}\n    let d = 1\n}\n"
        #expect(
            FileRules.findings(in: Source(path: Self.library, text: long)) == [
                "\(Self.library):2: length: a function of 72 lines; it has 60 at most"
            ])
        let requirements = "protocol A {\n    func b()\n\(String(repeating: "    func c()\n", count: 70))}\n"
        #expect(FileRules.findings(in: Source(path: Self.library, text: requirements)) == [])
        let file = "struct A {}\n" + String(repeating: "// a\n", count: 200)
        #expect(
            FileRules.findings(in: Source(path: Self.library, text: file)) == [
                "\(Self.library):201: length: 201 lines; a file has 200 at most"
            ])
        #expect(FileRules.findings(in: Source(path: Self.test, text: file)) == [])
    }

    /// Put together here, so that this file holds none.
    @Test(
        arguments: [
            "-----BEGIN " + "RSA PRIVATE KEY-----",
            "wai_sess_" + "eyJhbGciOiJIUzI1NiJ9" + "." + "eyJzdWIiOiJhYmNkZWYifQ" + "." + String(repeating: "a1B2", count: 11),
            "jwt_secret = \"" + "9f86d081884c7d659a2feaa0c55ad01" + "5a3bf4f1b2b0b822cd15d6c15b0f00a08" + "\"",
            "export AWS=" + "AKIA" + "ABCDEFGHIJKLMNOP",
        ])
    func `a committed secret is found (SUP-07)`(line: String) {
        #expect(SecretRules.findings(in: "docs/a.md", "words\n\(line)").map { $0.prefix { $0 != " " } } == ["docs/a.md:2:"])
    }

    @Test(
        arguments: [
            "jwt_secret = \"\(String(repeating: "ab", count: 32))\"", "let token = \"the words of a sentence, not a secret\"",
            "kid: 9f86d081884c7d65", "-----BEGIN PUBLIC KEY-----", "let passwordFile = \"/etc/credstore/waiaas.master-password\"",
        ])
    func `words, patterns and public halves are not`(line: String) {
        #expect(SecretRules.findings(in: "docs/a.md", line) == [])
    }

    @Test func `a target without the strict settings is named`() throws {
        let settings = ["ExistentialAny", "InternalImportsByDefault"].map {
            #"{"kind": {"enableUpcomingFeature": {"_0": "\#($0)"}}, "tool": "swift"}"#
        }
        let json = """
            {"swiftLanguageVersions": ["6"], "targets": [
                {"name": "A", "settings": [\(settings.joined(separator: ","))]},
                {"name": "CLib", "settings": []}
            ]}
            """
        #expect(
            try ManifestRules.findings(in: json, path: "Package.swift") == [
                "Package.swift:1: settings: A lacks MemberImportVisibility, warnings as errors"
            ])
    }

    private func findings(_ path: String, _ text: String) -> [String] {
        LineRule.all.flatMap { $0.findings(in: Source(path: path, text: text)) }
    }
}
