import Synchronization
import Testing
import WaiaasCore
import WaiaasTestSupport

@testable import WaiaasCLI

/// The line that says how far something has come.
struct ProgressTests {
    private let console = FakeConsole()
    private let clock = ManualClock(wall: Shell.now)

    private func progress() -> Progress { Progress(console: console, clocks: clock.clocks) }

    @Test func `nothing is shown within a second, then at most ten times in one`() {
        console.widen(to: 80)
        let progress = progress()
        progress.tell("early")
        clock.advance(by: .milliseconds(999))
        progress.tell("still early")
        #expect(console.error == "")
        clock.advance(by: .milliseconds(1))
        for number in 1...5 { progress.tell("line \(number)") }
        #expect(console.error == "\rline 1")
        clock.advance(by: Progress.pace)
        progress.tell("6")
        #expect(console.error == "\rline 1\r6     ")
    }

    @Test func `the end erases what is shown, and nothing comes after it`() {
        console.widen(to: 80)
        let progress = progress()
        clock.advance(by: .seconds(2))
        progress.tell("half")
        progress.end()
        clock.advance(by: .seconds(2))
        progress.tell("late")
        progress.end()
        #expect(console.error == "\rhalf\r    \r")
    }

    @Test func `a line never fills the terminal, and moves no cursor of its own`() {
        console.widen(to: 8)
        let progress = progress()
        clock.advance(by: .seconds(2))
        progress.tell("a\nb and more")
        #expect(console.error == "\ra\\u{a}b")
    }

    @Test func `where there is no terminal nothing is ever written`() {
        let progress = progress()
        clock.advance(by: .seconds(9))
        progress.tell("text")
        progress.end()
        #expect(console.error == "")
    }

    @Test func `a background start counts its seconds only once the password was read`() async {
        let shell = Shell(.stopped)
        shell.console.widen(to: 80)
        shell.local.state.withLock { state in
            state.start = .success(StartedInstance(holder: Shell.holder, dataDirectory: Shell.directory, warnings: []))
            state.readsPassword = true
        }
        let outcome = await shell.run("start --daemon")
        #expect(outcome.exit == .success)
        #expect(outcome.error.hasPrefix("\rstarting the daemon: ") && outcome.error.hasSuffix(" \r"), "\(outcome.error)")
        shell.console.forget()
        shell.local.state.withLock { $0.readsPassword = false }
        #expect(await shell.run("start --daemon").error == "")
    }
}
