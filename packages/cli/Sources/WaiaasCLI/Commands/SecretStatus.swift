import WaiaasAPI
import WaiaasCore

extension Command {
    static let secretStatus = Command(
        "secret", "status", summary: "show which secrets are in use",
        text: "Shows names, times and numbers of sessions. No secret ever leaves the daemon.",
        examples: [.init("how many sessions still have a token of the previous secret?", "waiaas secret status")]
    ) { invocation async throws(CommandFailure) in
        let report = try await invocation.operatorDoor().call(GetSecrets.self)
        try invocation.report(Report(report, lines: lines(report, now: invocation.now)))
        return .success
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
