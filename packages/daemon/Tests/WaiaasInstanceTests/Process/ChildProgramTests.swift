import Glibc
import Testing
import WaiaasCore

@testable import WaiaasInstance

@Suite struct ChildProgramTests {
    init() { signal(SIGPIPE, SIG_IGN) }

    private func shell(_ script: String, variables: [String] = [], deadline: Duration = .seconds(20)) -> ChildProgram {
        ChildProgram(path: "/bin/sh", arguments: ["-c", script, "sh"], variables: variables, deadline: deadline, clocks: .system)
    }

    @Test func `what it is given comes back, more than a pipe holds`() throws {
        let program = ChildProgram(path: "/bin/cat", arguments: [], variables: [], deadline: .seconds(20), clocks: .system)
        let input = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
        let (ending, output) = try program.run(["-"], input: input, limit: 300_000)
        #expect(ending == .exited(0) && output == input)
    }

    @Test func `it gets its words and the variables that are named, and no others`() throws {
        let script =
            #"printf '%s|%s|' "$1" "$GIVEN"; /usr/bin/env | grep -c -v -e '^PWD=' -e '^GIVEN=' -e '^_=' -e '^PATH=/bin' -e '^OLDPWD='; exit 7"#
        let (ending, output) = try shell(script, variables: ["NOT_SET"]).run(["read"], values: ["GIVEN=this"], limit: 1_000)
        #expect(ending == .exited(7))
        #expect(String(decoding: output, as: UTF8.self).hasPrefix("read|this|"))
        let (_, path) = try shell("/usr/bin/env", variables: ["PATH"]).run([], limit: 100_000)
        #expect(String(decoding: path, as: UTF8.self).contains("PATH="))
        let (_, home) = try shell("/usr/bin/env").run([], limit: 100_000)
        #expect(!String(decoding: home, as: UTF8.self).contains("HOME="))
    }

    @Test func `at its deadline it is killed, with everything that it started`() throws {
        let (ending, output) = try shell("/bin/sleep 100 & echo $!; /bin/sleep 100", deadline: .milliseconds(300)).run([], limit: 100)
        #expect(ending == .timedOut)
        let child = try #require(Int32(String(decoding: output, as: UTF8.self).prefix { $0 != "\n" }))
        // The kernel takes a moment, and who waits for orphans another.
        let end = ContinuousClock.now + .seconds(10)
        while let state = Orphan.state(of: child), state != "Z", ContinuousClock.now < end { sched_yield() }
        #expect(ContinuousClock.now < end)
    }

    @Test func `one that closes its output and goes on is killed too`() throws {
        let (ending, _) = try shell("exec >&-; /bin/sleep 100", deadline: .milliseconds(300)).run([], limit: 100)
        #expect(ending == .timedOut)
    }

    @Test func `one that writes more than was wanted is killed`() throws {
        let (ending, _) = try shell("while :; do echo much; done").run([], limit: 1_000)
        #expect(ending == .wroteTooMuch)
    }

    @Test func `one that reads nothing may still end well, and one that is killed has not`() throws {
        let much = [UInt8](repeating: 120, count: 300_000)
        #expect(try shell("exec <&-; exit 0").run([], input: much, limit: 10).ending == .exited(0))
        #expect(try shell("kill -9 $$").run([], limit: 10).ending == .killed)
    }

    @Test func `a program that is not there is told`() {
        let program = ChildProgram(path: "/nowhere/program", arguments: [], variables: [], deadline: .seconds(1), clocks: .system)
        #expect(throws: ChildProgramError(reason: "No such file or directory")) { try program.run([], limit: 10) }
    }
}

/// What the kernel says of a process: the letter of its state; nil if there is none.
private enum Orphan {
    static func state(of id: Int32) -> String? {
        guard let file = fopen("/proc/\(id)/stat", "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = fread(&bytes, 1, bytes.count, file)
        let text = String(decoding: bytes.prefix(count), as: UTF8.self)
        return text.split(separator: ")").last?.split(separator: " ").first.map(String.init)
    }
}
