import WaiaasAPI
import WaiaasCore

extension Command {
    private static let output = Parameter<String>.text("output", "FILE", "the file to write, mode 0600; without it standard output")
    private static let from = Parameter<Int64>.integer("from", "N", in: 1...Int64(1) << 53, "begin with record N (default 1)")

    static let auditExport = Command(
        "audit", "export", summary: "write the audit log to a file that can be checked elsewhere",
        text: """
            One JSON object a line: a head, the public keys, every record with the checkpoints over it, and a last line. waiaas audit verify \
            --file checks it on any machine. From a running daemon the records come through the operator's door; without one the data \
            directory is read under the lock, which needs no password. The file appears only when it is whole.
            """,
        parameters: [output.row, from.row],
        examples: [
            .init("all of it", "waiaas audit export --output audit.jsonl"),
            .init("what is new since record 5000", "waiaas audit export --from 5001 --output audit-5001.jsonl"),
        ]
    ) { invocation async throws(CommandFailure) in
        let first = invocation.arguments[from] ?? 1
        let status = try await invocation.status()
        let isOnline = status.state != .stopped
        let daemon = isOnline ? try invocation.operatorDoor(of: status) : nil
        let file = try await invocation.local { local, selection throws(LocalInstanceError) in
            try await local.readAuditCheckpoints(.dataDirectory(selection))
        }
        var writer = try ExportWriter(
            AuditExport(from: first, file: file), to: invocation.arguments[output], console: invocation.tool.console)
        do throws(CommandFailure) {
            try writer.begin(at: invocation.now)
            let progress = Progress(console: invocation.tool.console, clocks: invocation.tool.clocks)
            defer { progress.end() }
            var faults: [AuditFault] = []
            if let daemon {
                try await write(AuditPages(daemon: daemon), to: &writer, progress)
            } else {
                faults = try await writeOffline(to: &writer, invocation, progress)
            }
            try writer.end(adding: faults, isLive: isOnline)
        } catch {
            writer.abandon()
            throw error
        }
        try report(writer.export, from: first, to: invocation)
        return .success
    }

    private static func write(
        _ pages: AuditPages, to writer: inout ExportWriter, _ progress: Progress
    ) async throws(CommandFailure) {
        var place = writer.export.last
        while true {
            let page = try await pages.page(after: place, limit: AuditPages.size)
            try writer.take(
                AuditBatch(
                    records: page.records.map(\.record), checkpoints: page.checkpoints.map(\.checkpoint), keys: page.publicKeys.map(\.key)))
            guard let next = page.nextAfter else { return }
            progress.tell("exported \(SpanWords.count(writer.export.records, "record"))")
            place = next
        }
    }

    private static func writeOffline(
        to writer: inout ExportWriter, _ invocation: Invocation, _ progress: Progress
    ) async throws(CommandFailure) -> [AuditFault] {
        var failure: CommandFailure?
        let after = writer.export.last
        var target = writer
        let faults = try await invocation.local { local, selection throws(LocalInstanceError) in
            try await local.readAudit(selection, after: after) { batch in
                do throws(CommandFailure) {
                    try target.take(batch)
                    progress.tell("exported \(SpanWords.count(target.export.records, "record"))")
                    return true
                } catch {
                    failure = error
                    return false
                }
            }
        }
        writer = target
        if let failure { throw failure }
        return faults
    }

    private static func report(_ export: AuditExport, from first: Int64, to invocation: Invocation) throws(CommandFailure) {
        for finding in export.findings { try invocation.warn("the log is not whole: \(finding)") }
        let range = export.records == 0 ? "no record" : "\(SpanWords.count(export.records, "record")), from \(first) to \(export.last)"
        guard let path = invocation.arguments[output] else { return try invocation.note("exported: \(range)") }
        try invocation.report(
            Report(lines: ["exported: \(range), to \(path)"]) { json in
                json.member("file", path)
                json.member("from", first)
                json.member("records", export.records)
                json.member("last", export.last)
                json.member("findings", export.findings.map(\.description))
            })
    }
}
