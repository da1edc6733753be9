import WaiaasAPI
import WaiaasCore

extension Command {
    private static let after = Parameter<Int64>.integer(
        "after", "N", in: 0...Int64(1) << 53, "only records after this sequence number (default 0)")
    private static let limit = Parameter<Int64>.integer("limit", "N", in: 1...1_000, "how many at most (default 100)")
    private static let event = Parameter<String>.option(
        "event", "NAME", "only records of this event, such as SECRET_ROTATED", expected: "a name in capitals and underscores",
        read: { name in name.utf8.allSatisfy { (65...90).contains($0) || $0 == 95 } && !name.isEmpty ? name : nil })
    private static let defaultLimit: Int64 = 100

    static let auditList = Command(
        "audit", "list", summary: "read the audit log",
        text: "Records in order, oldest first. waiaas audit verify checks that none was changed, taken out or put in.",
        parameters: [after.row, limit.row, event.row],
        examples: [
            .init("the first hundred", "waiaas audit list"),
            .init("every rotation", "waiaas audit list --event SECRET_ROTATED --limit 1000"),
            .init("go on after record 100", "waiaas audit list --after 100"),
        ]
    ) { invocation async throws(CommandFailure) in
        let page = try await page(invocation.arguments, from: AuditPages(daemon: try await invocation.operatorDoor()))
        let rows = page.records.map(row)
        try invocation.report(
            Report(
                page, lines: TextLayout.table([["RECORD", "TIME", "EVENT", "ACTOR", "DETAILS"]] + rows),
                notes: page.nextAfter.map { ["there are more: --after \($0)"] } ?? []))
        return .success
    }

    /// The records asked for as one page: the daemon's own, or what of several pages is of one event.
    private static func page(_ arguments: Arguments, from pages: AuditPages) async throws(CommandFailure) -> AuditPage {
        let limit = arguments[limit] ?? defaultLimit
        var place = arguments[after] ?? 0
        guard let event = arguments[event] else { return try await pages.page(after: place, limit: limit) }
        var found: [AuditEntry] = []
        while true {
            let page = try await pages.page(after: place, limit: AuditPages.size)
            for entry in page.records where entry.record.event == event {
                found.append(entry)
                if found.count == limit {
                    let isEnd = page.nextAfter == nil && entry == page.records.last
                    return AuditPage(
                        records: found, checkpoints: [], publicKeys: page.publicKeys, nextAfter: isEnd ? nil : entry.record.sequence)
                }
            }
            guard let next = page.nextAfter else {
                return AuditPage(records: found, checkpoints: [], publicKeys: page.publicKeys, nextAfter: nil)
            }
            place = next
        }
    }

    private static func row(_ entry: AuditEntry) -> [String] {
        let record = entry.record
        let subjects = [
            record.agentID.map { "agent \($0)" }, record.sessionID.map { "session \($0)" }, record.details == "{}" ? nil : record.details,
        ]
        return [
            String(record.sequence), record.time.iso8601, record.event, record.actor,
            subjects.compactMap { $0 }.joined(separator: " "),
        ]
    }
}
