import Glibc
import Testing
import WaiaasCore
import WaiaasCrypto

@testable import WaiaasInstance

/// Where the password of a user comes from; at the terminal: `PasswordTerminalTests`.
@Suite struct UserPasswordTests {
    private let directory = TemporaryDirectory()
    private let sources = PasswordSources(
        environment: EnvironmentVariables(["WAIAAS_MASTER_PASSWORD_FILE": "/nonexistent/master"]), parent: nil,
        terminal: PasswordTerminal(path: "/nonexistent")
    ) { () throws(CryptoError) in nil }

    private func text(_ password: ReadPassword) -> String {
        password.bytes.withBytes { span in span.withUnsafeBytes { String(decoding: $0, as: UTF8.self) } }
    }

    /// What is read of standard input that holds this text.
    private func line(_ input: String) throws -> (ReadPassword, rest: String) {
        let pipe = try Pipe.open()
        try pipe.writing.write(Array(input.utf8).span.bytes)
        let reading = pipe.keepingReading()
        let password = try sources.readUserPassword(PasswordRequest(purpose: .user), input: reading.number)
        var rest = [UInt8](repeating: 0, count: 100)
        let count = read(reading.number, &rest, rest.count)
        return (password, String(decoding: rest.prefix(max(0, count)), as: UTF8.self))
    }

    @Test(arguments: ["pass word", " eight 8 ", "🔐🔐🔐🔐🔐🔐🔐🔐", String(repeating: "🔐", count: 1_024)])
    func `a file gives it, by the rule for users and not by that for the operator`(password: String) throws {
        let path = directory.write("p", password + "\n")
        #expect(try text(sources.read(PasswordRequest(purpose: .user, file: path))) == password)
    }

    @Test func `a file that others can read is refused, and a fault names the place`() {
        let path = directory.write("p", "good enough\n", mode: 0o644)
        let fault = #expect(throws: PasswordFault.self) { try sources.read(PasswordRequest(purpose: .user, file: path)) }
        #expect(fault?.description == "\(path) does not keep a password: others have access (mode 644); run chmod 400 on it")
        let absent = PasswordFault.unreadable(.userFile(path: directory["x"]), reason: "No such file or directory")
        #expect(absent.description == "the user's password cannot be read from \(directory["x"]): No such file or directory")
        #expect(throws: absent) { try sources.read(PasswordRequest(purpose: .user, file: directory["x"])) }
    }

    @Test(arguments: [
        ("good enough", ""), ("good enough\n", ""), ("good enough\r\n", ""), ("good enough\nanother line\n", "another line\n"),
    ])
    func `standard input gives its first line, and what follows is left to others`(input: String, rest: String) throws {
        let read = try line(input)
        #expect(text(read.0) == "good enough" && read.0.origin == .userInput)
        #expect(read.rest == rest)
    }

    @Test(arguments: [
        ("", PasswordFault.noUserPassword), ("\n", .unfit(.userInput, .tooFewCharacters)),
        ("seven 7\n", .unfit(.userInput, .tooFewCharacters)),
        (String(repeating: "x", count: 1_025), .unfit(.userInput, .tooManyCharacters)),
        ("a\tcharacter\n", .unfit(.userInput, .controlCharacter)),
        (String(repeating: "x", count: 20_000), .unfit(.userInput, .tooManyCharacters)),
    ])
    func `a line that breaks the rule is refused, and an empty input is none`(input: String, fault: PasswordFault) {
        #expect(throws: fault) { try line(input) }
    }
}
