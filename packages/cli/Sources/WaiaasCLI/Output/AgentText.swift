import WaiaasAPI
import WaiaasCore

/// An agent for a person.
enum AgentText {
    static func lines(_ agent: AgentSummary, now: WallTime) -> [String] {
        var rows = [
            ["agent", agent.name.text], ["id", agent.id.description], ["status", agent.status.rawValue],
            ["created", agent.createdAt.iso8601],
        ]
        if let since = agent.suspendedAt { rows.append(["suspended", SpanWords.time(since, now: now)]) }
        if let reason = agent.suspensionReason { rows.append(["reason", reason]) }
        return TextLayout.table(rows)
    }
}
