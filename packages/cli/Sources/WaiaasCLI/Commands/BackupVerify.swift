import WaiaasCore

extension Command {
    static let backupVerify = Command(
        "backup", "verify", summary: "prove that a backup can be restored",
        text: """
            Opens every part of the file, restores it into a temporary directory (TMPDIR, else /tmp), checks the database and the audit log \
            there, issues and verifies a token, and removes the directory again. Touches no data directory, so it works beside a running \
            daemon and on another machine. Needs the master password of the day the backup was made: exit code 4 if it is another, 1 with \
            BACKUP_DAMAGED and the place if the file is not as it was written.
            """,
        parameters: [SharedParameters.backup.row],
        examples: [.init("would it help?", "waiaas backup verify /mnt/elsewhere/today.waiaas-backup")]
    ) { invocation async throws(CommandFailure) in
        let path = try invocation.arguments.required(SharedParameters.backup)
        let password = try invocation.password(prompt: "Master password of the backup")
        let trial = try await invocation.counting("verifying the backup", after: password) { password throws(CommandFailure) in
            try await invocation.local { local, _ throws(LocalInstanceError) in try await local.verifyBackup(path, password: password) }
        }
        let records = trial.audit.records
        let lines =
            ["whole: it was restored, and a token was issued and verified there"]
            + TextLayout.table(
                BackupText.rows(trial.file, now: invocation.now) + [
                    ["agents", "\(trial.agents)"],
                    ["sessions", "\(trial.sessions) that could be used now; a restore ends them unless --keep-sessions"],
                    ["secrets", trial.kids.map(\.text).joined(separator: ", ")],
                    ["audit log", "\(SpanWords.count(records, "record")), signed through record \(trial.audit.signedThrough)"],
                ])
        try invocation.report(
            Report(lines: lines) { json in
                json.member("whole", true)
                json.member("path", trial.file.path)
                json.member("sizeBytes", trial.file.bytes)
                BackupText.write(trial.file.description, to: &json)
                json.member("agents", trial.agents)
                json.member("sessions", trial.sessions)
                json.member("kids", trial.kids.map(\.text))
                json.member("records", records)
                json.member("signedThrough", trial.audit.signedThrough)
            })
        return .success
    }
}
