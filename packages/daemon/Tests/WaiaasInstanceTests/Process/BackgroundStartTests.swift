import Glibc
import Testing
import WaiaasCore
import WaiaasCrypto

@testable import WaiaasInstance

@Suite struct BackgroundStartTests {
    private let directory = TemporaryDirectory()

    private func run(_ script: String, deadline: Duration = .seconds(20)) throws -> BackgroundStart.Outcome {
        try BackgroundStart(program: "/bin/sh", clocks: .system).run(
            arguments: ["sh", "-c", script], password: SecretBytes(copying: Array("a good password".utf8).span.bytes),
            log: directory["daemon.log"], deadline: deadline)
    }

    @Test func `a child that is ready gives its address, and has the password and nothing else`() throws {
        let outcome = try run(
            """
            password=$(cat <&3)
            echo "password ${#password}"; echo "error" >&2; cat; pwd; ls /proc/self/fd | tr '\\n' ' '; echo
            cut -d' ' -f6 /proc/$$/stat; grep -E 'Sig(Blk|Ign)' /proc/self/status
            echo "env ${WAIAAS_MASTER_PASSWORD-none}"
            echo "ready 127.0.0.1:3100" >&4
            """)
        guard case .ready(let process, "127.0.0.1:3100") = outcome else {
            Issue.record("\(outcome)")
            return
        }
        // A child that is not waited for would blind the test library's own waiting.
        var status: Int32 = 0
        waitpid(process, &status, 0)
        let log = try #require(directory.text("daemon.log")).split(separator: "\n").map(String.init)
        #expect(directory.mode("daemon.log") == 0o600)
        #expect(log.prefix(4) == ["password 15", "error", "/", "0 1 2 3 4 5 "], "5 is the directory that ls reads")
        #expect(log[4] == "\(process)", "the child leads a session of its own")
        #expect(log[5] == "SigBlk:\t0000000000000000")
        // The C library keeps signals 32 and 33 for itself; a parent may have left them ignored.
        #expect(log[6].hasPrefix("SigIgn:") && log[6].hasSuffix("0000000"))
        #expect(log.last == "env none")
    }

    @Test func `a child that fails says with which code and why`() throws {
        #expect(
            try run("echo 'failed 2 already running: process 7' >&4")
                == .failed(.alreadyRunning, message: "already running: process 7", hint: nil))
        #expect(
            try run("printf 'failed 1 no port\\tchoose another\\n' >&4") == .failed(.failure, message: "no port", hint: "choose another"))
    }

    @Test(arguments: [("exit 4", 4), ("exit 0", 0), ("kill -9 $$", nil)] as [(String, Int32?)])
    func `a child that dies without a word is told by its end`(script: String, code: Int32?) throws {
        #expect(try run(script) == .died(code: code))
    }

    @Test func `a child that says nothing is stopped at the deadline`() throws {
        #expect(try run("exec sleep 60", deadline: .milliseconds(50)) == .timedOut)
        #expect(try run("exec 4>&-; exec sleep 60", deadline: .milliseconds(50)) == .timedOut)
    }

    @Test(arguments: ["", "ready", "ready a b", "failed x y", "failed 99 z", "failed 1", "hello", "\u{0}"])
    func `a report that is not understood is a failure`(line: String) {
        guard case .failed(.failure, _, _) = BackgroundStart.outcome(line, 1) else {
            Issue.record("\(line) was understood")
            return
        }
    }

    @Test func `a program or a log that cannot be opened is an error here`() {
        let start = BackgroundStart(program: "/nonexistent", clocks: .system)
        #expect(throws: BackgroundStartError(reason: "No such file or directory")) {
            try start.run(
                arguments: ["x"], password: SecretBytes(copying: [UInt8](repeating: 1, count: 12).span.bytes), log: directory["log"],
                deadline: .seconds(5))
        }
        symlink("/etc/passwd", directory["daemon.log"])
        #expect(throws: BackgroundStartError(reason: "Too many levels of symbolic links")) { try run("true") }
    }

    @Test func `both ends of the channel agree`() throws {
        let password = try Pipe.open()
        for (say, outcome) in [
            ({ $0.ready(at: "[::1]:3100") }, BackgroundStart.Outcome.ready(process: 1, address: "[::1]:3100")),
            (
                { $0.failed(.wrongPassword, "wrong\nmaster\tpassword", hint: "try\nanother") },
                .failed(.wrongPassword, message: "wrong master password", hint: "try another")
            ),
            ({ $0.failed(.failure, String(repeating: "é", count: 9_000)) }, nil),
        ] as [((ParentChannel) -> Void, BackgroundStart.Outcome?)] {
            let report = try Pipe.open()
            // The channel takes its descriptor over, so it gets copies of its own.
            let channel = try #require(ParentChannel(password: password.reading.number, report: dup(report.writing.number)))
            say(channel)
            say(channel)
            let reading = report.keepingReading()
            var bytes = [UInt8](repeating: 0, count: 10_000)
            let count = read(reading.number, &bytes, bytes.count)
            #expect(count <= ParentChannel.longestReport && bytes[count - 1] == UInt8(ascii: "\n"))
            #expect(bytes.prefix(count).split(separator: UInt8(ascii: "\n")).count == 1)
            let read = BackgroundStart.outcome(String(decoding: bytes.prefix(count - 1), as: UTF8.self), 1)
            if let outcome { #expect(read == outcome) }
        }
        #expect(ParentChannel(password: 0x7fff, report: 0x7fff) == nil)
    }
}
