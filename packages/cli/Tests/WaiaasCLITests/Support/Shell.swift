import Synchronization
import WaiaasAPI
import WaiaasCLI
import WaiaasCore
import WaiaasTestSupport

/// What a command did, as a shell sees it.
struct Outcome: Equatable {
    let exit: ExitCode
    let output: String
    let error: String

    /// Exit code 0 with these lines on standard output and nothing on standard error.
    static func printed(_ lines: String...) -> Outcome { said(lines, notes: []) }

    /// Any exit code, lines on standard output, and lines on standard error.
    static func said(_ lines: [String], notes: [String], exit: ExitCode = .success) -> Outcome {
        Outcome(exit: exit, output: text(lines), error: text(notes))
    }

    /// An exit code and lines on standard error.
    static func failed(_ exit: ExitCode, _ lines: String...) -> Outcome { said([], notes: lines, exit: exit) }

    private static func text(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }
}

/// A command line in a world of fakes: a data directory, a daemon, a terminal and a clock.
struct Shell {
    static let now = WallTime(seconds: 1_800_000_000)
    static let directory = "/var/lib/waiaas"
    static let holder = InstanceHolder(
        pid: 4_242, startedAt: now - .seconds(7_380), instanceID: InstanceID(high: 1, low: 2), address: "127.0.0.1:3100")

    let local: FakeLocalInstance
    let daemon = FakeDaemon()
    let console: FakeConsole
    let clock = ManualClock(wall: now)

    /// A shell beside a daemon in this state.
    init(_ state: InstanceState = .running) {
        let console = FakeConsole()
        self.console = console
        local = FakeLocalInstance(startLasts: { while console.error == "" { await Task.yield() } })
        become(state)
    }

    /// Says what `status` will find, in order; the last one stays.
    func become(_ states: InstanceState...) {
        let statuses = states.map { state in
            InstanceStatus(state: state, holder: state == .stopped ? nil : Self.holder, dataDirectory: Self.directory)
        }
        local.state.withLock { $0.statuses = statuses }
    }

    /// Runs `waiaas` with arguments that are separated by spaces.
    @discardableResult
    func run(_ line: String) async -> Outcome { await run(line.split(separator: " ").map(String.init)) }

    /// Runs `waiaas` with arguments.
    func run(_ arguments: [String]) async -> Outcome {
        let tool = CommandLineTool(
            local: local, doors: daemon, console: console, clocks: clock.clocks, randomness: Randomness { 0 },
            pause: { [clock] in clock.advance(by: $0) })
        let (output, error) = (console.output, console.error)
        let exit = await tool.run(arguments: arguments)
        return Outcome(
            exit: exit, output: String(console.output.dropFirst(output.count)), error: String(console.error.dropFirst(error.count)))
    }
}
