import Synchronization
import WaiaasCore

extension Command {
    private static let keepSessions = Parameter<Bool>.flag(
        "keep-sessions", "let the sessions of the backup, and the secrets that signed them, come back to life")

    static let restore = Command(
        "restore", summary: "put a backup in the place of a data directory",
        text: """
            Works while no daemon runs, into a data directory that is there or is made. Says first what is newer there than the backup and \
            would be undone; a terminal is asked. What was there is moved aside and kept. Then a new epoch begins: a fresh session secret, \
            and every session issued before is refused, so give the agents new ones. With --keep-sessions the old secrets and sessions \
            come back, also those that were revoked after the backup; the first of them are listed. The master password becomes that of the backup's \
            day. A restore that is cut short leaves the old state or the new one.
            """,
        parameters: [SharedParameters.backup.row, keepSessions.row, SharedParameters.yes.row],
        examples: [
            .init("after a loss", "waiaas restore /mnt/elsewhere/today.waiaas-backup"),
            .init("move to another machine at once, nobody logs in anew", "waiaas restore move.waiaas-backup --keep-sessions --yes"),
        ]
    ) { invocation async throws(CommandFailure) in
        let path = try invocation.arguments.required(SharedParameters.backup)
        let keepsSessions = invocation.arguments.has(keepSessions)
        let password = try invocation.password(prompt: "Master password of the backup")
        let refusal = Mutex<CommandFailure?>(nil)
        let restored = try await invocation.local { local, selection throws(LocalInstanceError) in
            try await local.restore(
                RestoreRequest(selection: selection, file: path, password: password, keepsSessions: keepsSessions)
            ) { preview in
                do throws(CommandFailure) {
                    try ask(preview, invocation)
                    return true
                } catch {
                    refusal.withLock { $0 = error }
                    return false
                }
            }
        }
        guard let restored else {
            throw refusal.withLock { $0 } ?? CommandFailure("NOT_CONFIRMED", "nothing was changed", hint: "--yes goes on without asking")
        }
        try report(restored, invocation)
        return .success
    }

    /// Says what would be replaced, and asks whether it may be.
    private static func ask(_ preview: RestorePreview, _ invocation: Invocation) throws(CommandFailure) {
        for line in BackupText.lines(preview, now: invocation.now) { try invocation.note(line) }
        guard preview.replaced != nil || preview.keepsSessions else { return }
        try invocation.confirm(
            preview.replaced == nil
                ? "the secrets and sessions of the backup come back to life" : "this replaces what is in \(preview.dataDirectory)")
    }

    private static func report(_ restored: RestoreResult, _ invocation: Invocation) throws(CommandFailure) {
        let preview = restored.preview
        var lines = ["Restored: \(preview.dataDirectory) is as it was at \(preview.file.description.createdAt.iso8601)"]
        if let kept = restored.keptAt { lines.append("What was there is kept in \(kept): remove it when you are sure") }
        if preview.keepsSessions {
            lines += BackupText.lines(preview.sessions, now: invocation.now)
            lines.append("If a secret or a session of then must not live: waiaas secret rotate --compromised, once the daemon runs")
            lines += BackupText.revived(preview)
        } else {
            lines.append(
                "A new epoch: \(restored.sessionKid) signs; \(SpanWords.count(restored.sessionsEnded, "session")) of the backup ended")
        }
        lines += BackupText.users(restored)
        lines.append("Audit record \(restored.record) says so. The master password is that of the backup's day.")
        lines.append(
            "Next: waiaas start\(invocation.dataDirectoryFlag)" + (preview.keepsSessions ? "" : ", and new sessions for the agents"))
        try invocation.report(
            Report(lines: lines) { json in
                json.member("dataDirectory", preview.dataDirectory)
                BackupText.write(preview.file.description, to: &json)
                json.member("keptAt", ifPresent: restored.keptAt)
                json.member("sessionKid", restored.sessionKid.text)
                json.member("sessionsEnded", restored.sessionsEnded)
                json.member("loginsEnded", restored.loginsEnded)
                BackupText.write(preview.users, to: &json)
                json.member("auditRecord", restored.record)
                json.member("keptSessions", preview.keepsSessions ? preview.sessions.count : 0)
                if let replaced = preview.replaced {
                    json.key("replaced")
                    json.beginObject()
                    json.member("fault", ifPresent: replaced.fault)
                    json.member("lastRecord", replaced.lastRecord)
                    json.member("continuesBackup", replaced.continuesBackup)
                    json.member("otherPassword", replaced.hasOtherPassword)
                    json.key("newer")
                    json.beginObject()
                    for (event, count) in replaced.newer.sorted(by: { $0.key < $1.key }) { json.member(event, count) }
                    json.endObject()
                    json.endObject()
                }
                guard preview.keepsSessions else { return }
                json.member("kids", preview.sessions.kids.map(\.text))
                json.key("sessions")
                json.beginArray()
                for entry in preview.sessions.entries {
                    json.beginObject()
                    json.member("id", entry.id.description)
                    json.member("agentId", entry.agentID.description)
                    json.member("expiresAt", entry.expiresAt.iso8601)
                    json.member("kid", entry.kid.text)
                    json.member("hadEnded", entry.hasEndedSince)
                    json.endObject()
                }
                json.endArray()
            })
    }
}
