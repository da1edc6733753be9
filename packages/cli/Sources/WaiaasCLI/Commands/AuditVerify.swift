import WaiaasAPI
import WaiaasCore

extension Command {
    private static let trust = Parameter<KeyID>.option(
        "trust", "KID", "the name of the first audit key, as kept elsewhere", expected: "the name of a key", read: { KeyID($0) })
    private static let checkpoints = Parameter<String>.text(
        "checkpoints", "FILE", "a copy of audit-checkpoints.jsonl that was kept elsewhere")
    private static let file = Parameter<String>.text("file", "FILE", "check this export instead of a data directory")
    private static let from = Parameter<Int64>.integer(
        "from", "N", in: 1...Int64(1) << 53, "with --file: the export begins with record N (default 1)")
    private static let withoutPassword = Parameter<Bool>.flag(
        "without-password", "offline, with public keys alone: the MACs of unsigned records are not checked")

    static let auditVerify = Command(
        "audit", "verify", summary: "prove that the audit log is whole",
        text: """
            Reads every record and checks it here: hashes, links, signatures of the checkpoints in the log and in audit-checkpoints.jsonl. \
            From a running daemon the records are read through the operator's door; without one the data directory is read under the lock, \
            and the MACs of records not yet signed are checked as well. Names each fault, and says what is protected and what is not. The \
            last records, cut off after the newest checkpoint, leave no trace; a checkpoint is made every 100 records, every 10 seconds and \
            at stop. With --file an export is checked: no daemon, no data directory and no password is needed. Exit code 1 when it is \
            not whole.
            """,
        parameters: [trust.row, checkpoints.row, file.row, from.row, withoutPassword.row],
        examples: [
            .init("is it whole?", "waiaas audit verify"),
            .init("an export, on any machine", "waiaas audit verify --file audit.jsonl --trust KID"),
            .init("with what was kept elsewhere", "waiaas audit verify --trust KID --checkpoints /mnt/elsewhere/audit-checkpoints.jsonl"),
        ]
    ) { invocation async throws(CommandFailure) in
        let arguments = invocation.arguments
        var copy: AuditCheckpointFile?
        if let path = arguments[checkpoints] {
            copy = try await invocation.local { local, _ throws(LocalInstanceError) in
                try await local.readAuditCheckpoints(.copy(path: path))
            }
        }
        let evidence = AuditEvidence(trusted: arguments[trust], copy: copy)
        if let path = arguments[file] { return try await verify(path, evidence, invocation) }
        guard arguments[from] == nil else { throw .usage(.missing(file.row.spelling), command: ["audit", "verify"]) }
        let status = try await invocation.status()
        let kept = try await invocation.local { local, selection throws(LocalInstanceError) in
            try await local.readAuditCheckpoints(.dataDirectory(selection))
        }
        let isOnline = status.state != .stopped
        let verdict =
            isOnline
            ? try await verifyOnline(invocation, status, kept, evidence) : try await verifyOffline(invocation, evidence)
        let text = VerdictText(
            verdict: verdict, source: isOnline ? .daemon : .directory, evidence: evidence,
            firstKey: (copy?.keys.first ?? kept.keys.first)?.kid)
        try invocation.report(Report(lines: text.lines) { text.write(to: &$0) })
        return verdict.isWhole ? .success : .failure
    }

    private static func verify(
        _ path: String, _ evidence: AuditEvidence, _ invocation: Invocation
    ) async throws(CommandFailure) -> ExitCode {
        let source = AuditExportSource(path: path, from: invocation.arguments[from] ?? 1)
        let found = try await invocation.withProgress { progress throws(CommandFailure) in
            try await invocation.local { local, _ throws(LocalInstanceError) in
                try await local.verifyAuditExport(source, against: evidence) { progress.tell("checked \(SpanWords.count($0, "record"))") }
            }
        }
        let text = VerdictText(
            verdict: found.verdict, source: .export(from: source.first, at: found.head?.exportedAt), evidence: evidence,
            firstKey: evidence.copy?.keys.first?.kid ?? found.firstKey)
        try invocation.report(Report(lines: text.lines) { text.write(to: &$0) })
        return found.verdict.isWhole ? .success : .failure
    }

    private static func verifyOnline(
        _ invocation: Invocation, _ status: InstanceStatus, _ file: AuditCheckpointFile, _ evidence: AuditEvidence
    ) async throws(CommandFailure) -> AuditVerdict {
        if invocation.arguments.has(withoutPassword) {
            throw CommandFailure(
                "USAGE", "a daemon runs, and only the operator may read its log: --without-password is for a stopped one",
                hint: "waiaas stop, or leave the option out")
        }
        let verification = OnlineVerification(
            pages: AuditPages(daemon: try invocation.operatorDoor(of: status)), file: file, evidence: evidence,
            cryptography: invocation.tool.local.auditCryptography)
        return try await invocation.withProgress { progress throws(CommandFailure) in
            try await verification.verdict { progress.tell("checked \(SpanWords.count($0, "record"))") }
        }
    }

    private static func verifyOffline(_ invocation: Invocation, _ evidence: AuditEvidence) async throws(CommandFailure) -> AuditVerdict {
        let password = invocation.arguments.has(withoutPassword) ? nil : try invocation.password()
        return try await invocation.withProgress { progress throws(CommandFailure) in
            try await invocation.local { local, selection throws(LocalInstanceError) in
                try await local.verifyAudit(UnlockRequest(selection: selection, password: password), against: evidence) { checked, all in
                    progress.tell("checked \(checked) of \(SpanWords.count(all, "record"))")
                }
            }
        }
    }
}
