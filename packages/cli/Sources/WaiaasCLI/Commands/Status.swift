import WaiaasAPI
import WaiaasCore

extension Command {
    private static let details = Parameter<Bool>.flag("details", "ask the daemon for more; needs the master password")

    static let status = Command(
        "status", summary: "say what the daemon is doing",
        text: """
            Looks at the lock, reads who holds it, and asks the daemon for its health: running, starting, unhealthy (it holds the lock and \
            does not answer, or has stopped writing) or stopped. Changes nothing. Exit code 0 when running, 3 when stopped, else 1.
            """,
        parameters: [details.row],
        examples: [
            .init("is it running?", "waiaas status"),
            .init("with sessions, agents and sizes, for a program", "waiaas status --details --json"),
        ]
    ) { invocation async throws(CommandFailure) in
        let status = try await invocation.status()
        var answer: StatusReport?
        if invocation.arguments.has(details), status.state != .stopped {
            answer = try await invocation.operatorDoor(of: status).call(GetStatus.self)
        }
        let now = invocation.now
        let table = rows(of: status, now: now) + (answer.map { rows(of: $0, now: now) } ?? [])
        try invocation.report(
            Report(lines: TextLayout.table(table)) { json in
                json.member("state", status.state.rawValue)
                json.member("dataDirectory", status.dataDirectory)
                if let holder = status.holder { json.write(holder) }
                if let answer {
                    json.key("details")
                    answer.write(to: &json)
                }
            })
        return switch status.state {
        case .running: .success
        case .starting, .unhealthy: .failure
        case .stopped: .notAvailable
        }
    }

    private static func rows(of status: InstanceStatus, now: WallTime) -> [[String]] {
        var rows = [["state", status.state.rawValue], ["data directory", status.dataDirectory]]
        guard let holder = status.holder else { return rows }
        rows.append(["process", String(holder.pid)])
        if let startedAt = holder.startedAt { rows.append(["started", SpanWords.time(startedAt, now: now)]) }
        if let address = holder.address { rows.append(["address", "http://\(address)"]) }
        return rows
    }

    private static func rows(of report: StatusReport, now: WallTime) -> [[String]] {
        [
            ["version", report.daemon.version],
            ["sessions", "\(report.sessions.active) active"],
            ["agents", "\(report.agents.active) active, \(report.agents.suspended) suspended"],
            ["event secret", events(report.events, now: now)],
            ["database", "\(report.database.sizeBytes) bytes, and \(report.database.walSizeBytes) in its log"],
            ["secrets", report.memory.lockedSecrets ? "locked in memory" : "NOT locked in memory: they may reach the swap"],
        ]
            + report.events.trouble.map { ["EVENT TROUBLE", $0] }
            + report.workers.map { worker in
                let last = worker.lastRunAt.map { "last ran \(SpanWords.time($0, now: now))" } ?? "had nothing to do yet"
                return ["worker", "\(worker.name): \(worker.running ? "at work" : last)"]
            }
    }

    private static func events(_ events: EventHealth, now: WallTime) -> String {
        let rotation = events.step.map { ", a rotation is at \($0.rawValue)" } ?? ""
        let next = events.nextRotationAt.map { ", the next rotation begins \(SpanWords.time($0, now: now))" } ?? ""
        return "\(events.kid) signs\(rotation)\(next)"
    }
}
