import Glibc
import Testing
import WaiaasCore
import WaiaasCrypto

@testable import WaiaasInstance

/// Reads the variable of the process, so these run one after the other.
@Suite(.serialized) struct PasswordSourcesTests {
    private let directory = TemporaryDirectory()

    private func sources(_ variables: [String: String] = [:], parent: Int32? = nil, terminal: String = "/nonexistent") -> PasswordSources {
        PasswordSources(environment: EnvironmentVariables(variables), parent: parent, terminal: PasswordTerminal(path: terminal)) {
            () throws(CryptoError) in try ProcessEnvironment.takeSecret("WAIAAS_MASTER_PASSWORD", limit: 1_026)
        }
    }

    private func text(_ password: ReadPassword) -> String {
        password.bytes.withBytes { span in span.withUnsafeBytes { String(decoding: $0, as: UTF8.self) } }
    }

    @Test func `the first place that is set counts, in the order of the manual`() throws {
        let flag = directory.write("flag", "password from flag\n")
        let file = directory.write("file", "password from file\r\n")
        let credentials = directory["credentials"]
        mkdir(credentials, 0o700)
        let credential = directory.write("credentials/master-password", "password from systemd", mode: 0o400)
        let pipe = try Pipe.open()
        try pipe.writing.write(Array("password from parent".utf8).span.bytes)
        let parent = pipe.keepingReading()
        setenv("WAIAAS_MASTER_PASSWORD", "password from variable", 1)
        let all = ["WAIAAS_MASTER_PASSWORD_FILE": file, "CREDENTIALS_DIRECTORY": credentials]

        let first = try sources(all, parent: parent.number).read(PasswordRequest(file: flag))
        #expect(text(first) == "password from flag" && first.origin == .file(path: flag))
        let second = try sources(all, parent: parent.number).read(PasswordRequest())
        #expect(text(second) == "password from parent" && second.origin == .parent)
        let third = try sources(all).read(PasswordRequest())
        #expect(text(third) == "password from file" && third.origin == .environmentFile(path: file))
        let fourth = try sources(["CREDENTIALS_DIRECTORY": credentials]).read(PasswordRequest())
        #expect(text(fourth) == "password from variable" && fourth.origin == .environment && fourth.origin.warning != nil)
        let fifth = try sources(["CREDENTIALS_DIRECTORY": credentials]).read(PasswordRequest())
        #expect(text(fifth) == "password from systemd" && fifth.origin == .credential(path: credential) && fifth.origin.warning == nil)
        #expect(throws: PasswordFault.none) { try sources(["CREDENTIALS_DIRECTORY": directory["absent"]]).read(PasswordRequest()) }
    }

    @Test func `a new password comes from its own file or the terminal: the other places hold the one in force`() throws {
        let variables = ["WAIAAS_MASTER_PASSWORD_FILE": directory.write("in-force", "password in force\n")]
        let request = PasswordRequest(purpose: .replace, file: directory.write("new", "another password\n"))
        #expect(try text(sources(variables).read(request)) == "another password")
        setenv("WAIAAS_MASTER_PASSWORD", "password from variable", 1)
        defer { unsetenv("WAIAAS_MASTER_PASSWORD") }
        #expect(throws: PasswordFault.noReplacement) { try sources(variables).read(PasswordRequest(purpose: .replace)) }
        #expect(getenv("WAIAAS_MASTER_PASSWORD") != nil)
    }

    @Test func `the variable is wiped where it stood and unset once it was read (SEC-02)`() throws {
        setenv("WAIAAS_MASTER_PASSWORD", "password to be wiped", 1)
        let place = try #require(getenv("WAIAAS_MASTER_PASSWORD"))
        #expect(ProcessEnvironment.variables()["WAIAAS_MASTER_PASSWORD"] == nil)
        #expect(try text(sources().read(PasswordRequest())) == "password to be wiped")
        #expect(getenv("WAIAAS_MASTER_PASSWORD") == nil)
        #expect((0..<20).allSatisfy { place[$0] == 0 })
    }

    @Test func `a variable that breaks the rules is refused and wiped all the same`() {
        setenv("WAIAAS_MASTER_PASSWORD", "short", 1)
        #expect(throws: PasswordFault.unfit(.environment, .tooShort)) { try sources().read(PasswordRequest()) }
        #expect(getenv("WAIAAS_MASTER_PASSWORD") == nil)
        setenv("WAIAAS_MASTER_PASSWORD", String(repeating: "a", count: 5_000), 1)
        #expect(throws: PasswordFault.unfit(.environment, .tooLong)) { try sources().read(PasswordRequest()) }
    }

    @Test(arguments: [
        ("a password of 12\n", "a password of 12"), ("no newline at all", "no newline at all"), ("windows newline\r\n", "windows newline"),
        (String(repeating: "x", count: 1_024) + "\r\n", String(repeating: "x", count: 1_024)),
    ])
    func `a file gives its bytes without the one newline at its end`(contents: String, password: String) throws {
        let path = directory.write("p", contents)
        #expect(try text(sources().read(PasswordRequest(file: path))) == password)
    }

    @Test(arguments: [
        ("", PasswordRule.Violation.tooShort), ("\n", .tooShort), ("two newlines ok\n\n", .controlCharacter),
        ("space at the end \n", .outerSpace),
        (String(repeating: "x", count: 1_025), .tooLong), (String(repeating: "x", count: 1_000_000), .tooLong),
        ("null \u{0} inside it", .controlCharacter),
    ])
    func `a file that breaks the rules is refused, and its contents are in no error`(contents: String, violation: PasswordRule.Violation) {
        let path = directory.write("p", contents)
        let fault = #expect(throws: PasswordFault.unfit(.file(path: path), violation)) {
            try sources().read(PasswordRequest(file: path))
        }
        #expect(fault?.description.contains("newlines") == false)
    }

    @Test(arguments: [
        (0o600, true), (0o400, true), (0o440, true), (0o640, true), (0o660, false), (0o604, false), (0o444, false), (0o610, false),
    ])
    func `a file that others can read or change is refused (SEC-05)`(mode: mode_t, isKept: Bool) {
        let path = directory.write("p", "a good password\n", mode: mode)
        #expect(((try? sources().read(PasswordRequest(file: path))) != nil) == isKept)
        #expect((SecretFile.exposure(owner: 0, permissions: mode, user: 1_000) == nil) == isKept)
        #expect(SecretFile.exposure(owner: 7, permissions: 0o400, user: 1_000) == "it belongs to user 7")
    }

    @Test func `a file that is not there or is a directory is said so, and no other place is tried`() {
        setenv("WAIAAS_MASTER_PASSWORD", "password from variable", 1)
        defer { unsetenv("WAIAAS_MASTER_PASSWORD") }
        let absent = PasswordFault.unreadable(.file(path: directory["x"]), reason: "No such file or directory")
        #expect(throws: absent) { try sources().read(PasswordRequest(file: directory["x"])) }
        #expect(throws: PasswordFault.unreadable(.file(path: directory.path), reason: "it is no file")) {
            try sources().read(PasswordRequest(file: directory.path))
        }
        #expect(getenv("WAIAAS_MASTER_PASSWORD") != nil)
    }

    @Test func `a source is read once, when it is first asked`() throws {
        let path = directory["later"]
        let source: any PasswordSource = sources().source(for: PasswordRequest(file: path))
        directory.write("later", "a good password\n")
        let count = try source.withPassword { $0.byteCount }
        unlink(path)
        #expect(try count == source.withPassword { $0.byteCount })
    }

    @Test func `nothing prints a password`() throws {
        let path = directory.write("p", "a good password\n")
        let source = sources().source(for: PasswordRequest(file: path))
        var shown = "\(try source.password())"
        dump(try source.password(), to: &shown)
        #expect(!shown.contains("good"))
    }
}
