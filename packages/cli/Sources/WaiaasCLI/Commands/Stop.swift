import WaiaasAPI
import WaiaasCore

extension Command {
    /// Longer than the daemon takes by default: 30 s for requests in flight, and what comes after them.
    private static let patienceSeconds: Int64 = 45
    /// Between two looks at the daemon.
    private static let pause = Duration.milliseconds(100)
    private static let timeout = Parameter<Int64>.integer(
        "timeout", "SECONDS", in: 1...3_600, "how long to wait for its end (default \(patienceSeconds))")

    static let stop = Command(
        "stop", summary: "stop the daemon",
        text: """
            Tells the daemon to stop and waits until it has let go of the data directory: requests in flight are answered, the store is \
            closed, then the lock. Exit code 3 when none runs, 5 when it takes longer than --timeout.
            """,
        parameters: [timeout.row],
        examples: [
            .init("stop the daemon of ~/.waiaas", "waiaas stop"),
            .init("wait two minutes at most", "waiaas stop --timeout 120"),
        ]
    ) { invocation async throws(CommandFailure) in
        let status = try await invocation.status()
        if status.state == .stopped { throw .notRunning(status.dataDirectory, hint: nil) }
        let daemon = try invocation.operatorDoor(of: status)
        let begun = invocation.tool.clocks.now.continuous
        do throws(CommandFailure) {
            _ = try await daemon.call(Shutdown.self)
        } catch {
            // Somebody else may have told it already: then wait all the same.
            if !wasToldBefore(status, error), try await !hasEnded(status, invocation) { throw error }
        }
        let patience = Duration.seconds(invocation.arguments[timeout] ?? patienceSeconds)
        while true {
            if try await hasEnded(status, invocation) { break }
            guard invocation.tool.clocks.now.continuous - begun < patience else { throw stillRunning(status, after: patience) }
            await invocation.tool.pause(pause)
        }
        try report(status, after: invocation.tool.clocks.now.continuous - begun, to: invocation)
        return .success
    }

    /// Whether a daemon that does not take the word is stopping: it says so, or it listened once and its doors are shut.
    private static func wasToldBefore(_ status: InstanceStatus, _ failure: CommandFailure) -> Bool {
        failure.code == ProblemCode.shuttingDown.text || (failure.code == CommandFailure.unreachable && status.holder?.address != nil)
    }

    /// Whether the daemon of a status has let go: nobody holds the directory, or another run of the daemon does.
    private static func hasEnded(_ status: InstanceStatus, _ invocation: Invocation) async throws(CommandFailure) -> Bool {
        let present = try await invocation.status()
        if present.state == .stopped { return true }
        guard let before = status.holder?.instanceID, let now = present.holder?.instanceID else { return false }
        return before != now
    }

    private static func report(_ status: InstanceStatus, after span: Duration, to invocation: Invocation) throws(CommandFailure) {
        let process = status.holder.map { "process \($0.pid)" } ?? "the daemon"
        try invocation.report(
            Report(lines: ["stopped: \(process) has let go of \(status.dataDirectory)"]) { json in
                json.member("stopped", true)
                if let holder = status.holder { json.write(holder) }
                json.member("dataDirectory", status.dataDirectory)
                json.member("milliseconds", span.wholeMilliseconds)
            })
    }

    private static func stillRunning(_ status: InstanceStatus, after patience: Duration) -> CommandFailure {
        let holder = status.holder.map(String.init(describing:)) ?? "the daemon"
        return CommandFailure(
            "TIMEOUT", "still running after \(SpanWords.words(patience)): \(holder)",
            hint: status.holder.map { "it goes on stopping; kill -TERM \($0.pid) ends it at once" }, exitCode: .timeout)
    }
}
