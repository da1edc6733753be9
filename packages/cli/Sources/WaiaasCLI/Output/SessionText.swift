import WaiaasAPI
import WaiaasCore

/// Sessions for a person.
enum SessionText {
    static func lines(_ session: SessionSummary, now: WallTime) -> [String] {
        var rows = [
            ["session", session.id.description],
            ["agent", "\(session.agentName) (\(session.agentId))"],
            ["status", session.status.rawValue],
            ["signed by", session.kid.text],
            ["created", session.createdAt.iso8601],
            ["expires", SpanWords.time(session.expiresAt, now: now)],
            ["renewals", renewals(session.renewalCount, of: session.maxRenewals, until: session.absoluteExpiresAt)],
        ]
        if let revokedAt = session.revokedAt { rows.append(["revoked", SpanWords.time(revokedAt, now: now)]) }
        rows += bounds(session.constraints)
        rows.append(["used", "\(SpanWords.count(session.usageStats.totalTx, "request")), amount \(session.usageStats.totalAmount)"])
        return TextLayout.table(rows)
    }

    static func lines(_ session: IssuedSession, now: WallTime) -> [String] {
        TextLayout.table(
            [
                ["session", session.sessionId.description],
                ["agent", "\(session.agentName) (\(session.agentId))"],
                ["expires", SpanWords.time(session.expiresAt, now: now)],
                ["renewals", renewals(0, of: session.maxRenewals, until: session.absoluteExpiresAt)],
            ] + bounds(session.constraints) + [["token", session.token]])
    }

    static func lines(_ session: RenewedSession, now: WallTime) -> [String] {
        TextLayout.table([
            ["session", session.sessionId.description],
            ["expires", SpanWords.time(session.expiresAt, now: now)],
            ["renewals", renewals(session.renewalCount, of: session.maxRenewals, until: session.absoluteExpiresAt)],
            ["token", session.token],
        ])
    }

    private static func renewals(_ used: Int64, of most: Int64, until end: WallTime) -> String {
        most == 0 ? "none allowed" : "\(used) of \(most) used, until \(end.iso8601) at the latest"
    }

    private static func bounds(_ constraints: Constraints?) -> [[String]] {
        guard let values = constraints?.values else { return [] }
        let rows: [(String, String?)] = [
            ["amount", values.maxAmountPerTx.map { "at most \($0) a request" }],
            ["total", values.maxTotalAmount.map { "at most \($0) in all" }],
            ["requests", values.maxTransactions.map { "at most \($0)" }],
            ["operations", values.allowedOperations?.joined(separator: ", ")],
            ["destinations", values.allowedDestinations?.joined(separator: ", ")],
        ].map { ($0[0] ?? "", $0[1]) }
        return rows.compactMap { name, value in value.map { [name, $0] } }
    }
}
