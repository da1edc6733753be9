import Glibc
import Synchronization
import Testing
import WaiaasCore
import WaiaasCrypto

@testable import WaiaasInstance

/// A pseudo terminal: what a test types at one end is what a person would type.
private final class Keyboard: Sendable {
    let controller: Int32
    let path: String

    init() {
        // What grantpt, unlockpt and ptsname do, which Swift does not import: TIOCSPTLCK and TIOCGPTN of ioctl_tty(2).
        controller = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var lock: Int32 = 0
        _ = ioctl(controller, 0x4004_5431, &lock)
        var number: Int32 = -1
        _ = ioctl(controller, 0x8004_5430, &number)
        path = "/dev/pts/\(number)"
    }

    deinit { close(controller) }

    /// What the terminal shows, up to and with a text.
    func screen(until end: String) -> String {
        var shown = [UInt8]()
        var byte: UInt8 = 0
        // By bytes: to a String, "\r\n" does not end in "\n".
        while !shown.suffix(end.utf8.count).elementsEqual(end.utf8), read(controller, &byte, 1) == 1 { shown.append(byte) }
        return String(decoding: shown, as: UTF8.self)
    }

    func type(_ text: String) {
        _ = Array(text.utf8).withUnsafeBytes { write(controller, $0.baseAddress, $0.count) }
    }
}

/// A value that one thread gives and another waits for.
private final class Answer: Sendable {
    private let value = Mutex<Result<ReadPassword, PasswordFault>?>(nil)
    private let given: Pipe

    init(_ given: consuming Pipe) {
        self.given = given
    }

    func give(_ result: Result<ReadPassword, PasswordFault>) {
        value.withLock { $0 = result }
        try? given.writing.write([UInt8(1)].span.bytes)
    }

    func wait() -> Result<ReadPassword, PasswordFault>? {
        var byte: UInt8 = 0
        _ = read(given.reading.number, &byte, 1)
        return value.withLock { $0 }
    }
}

@Suite struct PasswordTerminalTests {
    private let keyboard = Keyboard()

    /// Asks on a thread of its own, types once the prompt stands, and gives the answer and what was shown after the prompt.
    ///
    /// Nothing here suspends: the threads that Swift shares among tests may all be waiting like this one.
    private func ask(
        _ typed: [String], purpose: PasswordRequest.Purpose = .unlock
    ) throws -> (Result<ReadPassword, PasswordFault>, shown: String) {
        let sources = PasswordSources(
            environment: EnvironmentVariables([:]), parent: nil, terminal: PasswordTerminal(path: keyboard.path)
        ) { () throws(CryptoError) in nil }
        // A terminal without a reader at its other end gives errors, so one stays open for the test.
        let other = open(keyboard.path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        defer { close(other) }
        let answer = Answer(try Pipe.open())
        SystemThread.start {
            let request = PasswordRequest(purpose: purpose, prompt: "Pass")
            answer.give(
                Result { () throws(PasswordFault) in
                    purpose == .user ? try sources.readUserPassword(request, input: other) : try sources.read(request)
                })
        }
        var shown = ""
        for text in typed {
            _ = keyboard.screen(until: ": ")
            keyboard.type(text)
            shown += keyboard.screen(until: "\n")
        }
        return (try #require(answer.wait()), shown)
    }

    private func text(_ result: Result<ReadPassword, PasswordFault>) throws -> String {
        try result.get().bytes.withBytes { span in span.withUnsafeBytes { String(decoding: $0, as: UTF8.self) } }
    }

    @Test func `what is typed is read and not shown, and the terminal is as it was afterwards`() throws {
        let terminal = open(keyboard.path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        defer { close(terminal) }
        var before = termios()
        tcgetattr(terminal, &before)
        let (answer, shown) = try ask(["correct horse battery\n"])
        #expect(try text(answer) == "correct horse battery")
        #expect(shown == "\r\n")
        var after = termios()
        tcgetattr(terminal, &after)
        #expect(before.c_lflag == after.c_lflag && after.c_lflag & tcflag_t(ECHO | ICANON | ISIG) != 0)
    }

    @Test func `a new password is asked twice and must be the same`() throws {
        let (answer, _) = try ask(["correct horse battery\n", "correct horse battery\n"], purpose: .create)
        #expect(try text(answer) == "correct horse battery")
        let (refused, _) = try ask(["correct horse battery\n", "correct horse batterie\n"], purpose: .create)
        #expect(throws: PasswordFault.mismatch) { try refused.get() }
    }

    @Test func `a user's is asked twice too, by its own rule`() throws {
        let (answer, _) = try ask(["8 bytes!\n", "8 bytes!\n"], purpose: .user)
        #expect(try text(answer) == "8 bytes!")
        let (different, _) = try ask(["8 bytes!\n", "8 bytes?\n"], purpose: .user)
        #expect(throws: PasswordFault.mismatch) { try different.get() }
        let (short, _) = try ask(["7 bytes\n"], purpose: .user)
        #expect(throws: PasswordFault.unfit(.userPrompt, .tooFewCharacters)) { try short.get() }
    }

    @Test func `erasing takes a whole character, and starting over takes the line`() throws {
        let (answer, _) = try ask(["wrong\u{15}correct hörs€\u{7f}\u{7f}\u{8}\u{8}orse bat\r"])
        #expect(try text(answer) == "correct horse bat")
    }

    @Test(arguments: ["half a pass\u{3}", "\u{4}"])
    func `leaving is no password`(typed: String) throws {
        let (answer, _) = try ask([typed])
        #expect(throws: PasswordFault.cancelled) { try answer.get() }
    }

    @Test func `a line longer than a password is refused and not cut`() throws {
        let (answer, _) = try ask([String(repeating: "x", count: 3_000) + "\n"])
        #expect(throws: PasswordFault.unfit(.prompt, .tooLong)) { try answer.get() }
    }

    @Test func `what is no terminal is none`() {
        #expect(throws: PasswordFault.none) { try PasswordTerminal(path: "/dev/null").ask("x") }
        #expect(throws: PasswordFault.none) { try PasswordTerminal(path: "/nonexistent").ask("x") }
    }
}
