import WaiaasAPI
import WaiaasCore

extension Command {
    /// Between two looks at a window.
    private static let glance = Duration.seconds(1)
    private static let watch = Parameter<Bool>.flag(
        "watch", "at a terminal, count the window down second by second until it ends (Ctrl-C leaves)")

    static let secretStatus = Command(
        "secret", "status", summary: "show which secrets are in use",
        text: """
            Shows names, times and numbers of sessions. No secret ever leaves the daemon. Where there is no terminal --watch prints once.
            """,
        parameters: [watch.row],
        examples: [
            .init("how many sessions still have a token of the previous secret?", "waiaas secret status"),
            .init("see them cross over after a rotation", "waiaas secret status --watch"),
        ]
    ) { invocation async throws(CommandFailure) in
        let isWatching = invocation.arguments.has(watch)
        if isWatching, invocation.isJSON { throw .usage(.contradiction("--watch", "--json"), command: ["secret", "status"]) }
        let daemon = try await invocation.operatorDoor()
        let report = try await daemon.call(GetSecrets.self)
        try invocation.report(Report(report, lines: lines(report, now: invocation.now)))
        if isWatching, report.previous != nil, invocation.tool.console.columns != nil {
            let last = try await awaitEnd(of: report, daemon, invocation)
            try invocation.report(Report(last, lines: lines(last, now: invocation.now)))
        }
        return .success
    }

    /// Asks each second and counts down in one line, until there is no previous secret any more.
    private static func awaitEnd(
        of report: SecretsReport, _ daemon: CalledDaemon, _ invocation: Invocation
    ) async throws(CommandFailure) -> SecretsReport {
        try await invocation.withProgress(patience: .zero) { progress throws(CommandFailure) in
            var report = report
            while let previous = report.previous {
                let left = SpanWords.words(.seconds(previous.secondsLeft))
                progress.tell("previous: \(left) left, \(SpanWords.count(previous.sessions, "session")) still on it")
                await invocation.tool.pause(glance)
                report = try await daemon.call(GetSecrets.self)
            }
            return report
        }
    }

    private static func lines(_ report: SecretsReport, now: WallTime) -> [String] {
        let since = report.current.createdAt.map { "since \($0.iso8601)" } ?? "now"
        var rows = [["current", report.current.kid.text, SpanWords.count(report.current.sessions, "session"), "signs \(since)"]]
        if let previous = report.previous {
            rows.append([
                "previous", previous.kid.text, SpanWords.count(previous.sessions, "session"),
                "verifies until \(previous.verifiesUntil.iso8601) (\(SpanWords.words(.seconds(previous.secondsLeft))) left)",
            ])
        }
        let next = report.nextRotationAllowedAt.map { SpanWords.time($0, now: now) } ?? "now"
        return TextLayout.table(rows)
            + TextLayout.table([
                ["next rotation", "allowed \(report.nextRotationAllowedAt == nil ? "" : "at ")\(next)"],
                ["key material", report.memoryLocked ? "locked in memory" : "NOT locked in memory: it may reach the swap"],
            ])
    }
}
