import Glibc
import Testing

/// A running daemon.
final class DaemonProcess: Sendable {
    let world: World
    /// The process that was started: the daemon, or the tracer that runs it.
    let child: ChildProcess
    /// The daemon's process.
    let pid: pid_t
    /// Where it listens.
    let port: UInt16
    /// The path by which the tests reach its data directory.
    let dataDirectory: String

    /// A daemon that did not come up.
    struct NotReady: Error, CustomStringConvertible {
        let exit: ChildProcess.Exit?
        let errors: String
        var description: String { "the daemon is not ready; exit: \(String(describing: exit)); it said: \(errors)" }
    }

    /// Waits for the ready line.
    private init(_ child: ChildProcess, in world: World, at dataDirectory: String?) async throws {
        (self.child, self.world, self.dataDirectory) = (child, world, dataDirectory ?? world.dataDirectory)
        let line: Substring? = try await eventually("the ready line", within: .seconds(90)) {
            // In this order: what a process printed before its end is still there after it.
            let hasEnded = child.exit != nil
            let line = child.output.split(separator: "\n").first { $0.contains(" ready at http://") }
            return line.map { .some($0) } ?? (hasEnded ? .some(nil) : nil)
        }
        guard let line, let found = line.firstMatch(of: #/ready at http:\/\/[0-9.]+:([0-9]+), process ([0-9]+)/#),
            let port = UInt16(found.1), let pid = pid_t(found.2)
        else { throw NotReady(exit: child.exit, errors: child.errors) }
        self.port = port
        self.pid = pid
        if pid != child.pid { world.adopt(pid) }
    }

    /// A daemon that was launched, once it is ready.
    ///
    /// - Parameter dataDirectory: where its data directory is seen from here, if not where the world has it.
    static func ready(_ child: ChildProcess, in world: World, at dataDirectory: String? = nil) async throws -> DaemonProcess {
        try await DaemonProcess(child, in: world, at: dataDirectory)
    }

    /// What it logged so far.
    var log: String { child.errors }

    /// Ends it without any warning, and waits until it is gone.
    func kill9() async throws {
        kill(pid, SIGKILL)
        try await child.ended()
    }

    /// Asks it to stop, as a service manager does, and waits until it is gone.
    @discardableResult
    func stop(within limit: Duration = .seconds(60)) async throws -> ChildProcess.Exit {
        kill(pid, SIGTERM)
        return try await child.ended(within: limit)
    }

    /// Everybody's door.
    var network: API { API(door: .network(port: port)) }
    /// The operator's door.
    var socket: API { API(door: .socket(folder: dataDirectory)) }
    /// Who holds the master password.
    var `operator`: Credential { .operator(world.password) }
}

extension World {
    /// Starts the daemon on a free port, if the words name none, and waits until it is ready.
    @discardableResult
    func start(
        _ words: String..., environment: [String: String] = [:], clock: MovingClock? = nil, trace: Trace? = nil
    ) async throws -> DaemonProcess {
        try await .ready(launch(words, environment: environment, clock: clock, trace: trace), in: self)
    }

    /// All sign-ins of a test come from one address, and many of one user: what is tested of the limits sets them itself.
    private static let withoutSignInLimits = ["WAIAAS_AUTH_SIGN_INS_PER_USER": "0", "WAIAAS_AUTH_SIGN_INS_PER_ADDRESS": "0"]

    /// Starts the daemon on a free port, and does not wait.
    func launch(
        _ words: [String] = [], environment: [String: String] = [:], clock: MovingClock? = nil, trace: Trace? = nil
    ) throws -> ChildProcess {
        let more = words.flatMap { $0.split(separator: " ").map(String.init) }
        let port = more.contains("--port") ? [] : ["--port", "0"]
        let arguments = ["start", "--data-dir", dataDirectory, "--password-file", passwordFile] + port + more
        let variables = Self.withoutSignInLimits.merging(environment) { $1 }.merging(clock?.environment ?? [:]) { $1 }
        guard let trace else { return try spawn(Binary.waiaas, arguments, environment: variables) }
        return try spawn(trace.program, trace.arguments(running: Binary.waiaas, arguments, environment: variables))
    }
}

extension World {
    /// Tells a story of one daemon in a fresh world.
    static func withDaemon<Answer>(_ story: (DaemonProcess) async throws -> Answer) async throws -> Answer {
        try await inside { world in try await story(try await world.start()) }
    }
}
