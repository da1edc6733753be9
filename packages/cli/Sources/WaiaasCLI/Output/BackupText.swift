import WaiaasCore

/// What backups hold and what restores do, for people and programs.
enum BackupText {
    /// How many sessions are listed for a person; JSON has the first thousand.
    private static let sessionsListed = 20

    /// What a backup says of itself.
    static func rows(_ file: BackupFile, now: WallTime) -> [[String]] {
        let description = file.description
        return [
            ["backup", "\(file.path) (\(ByteWords.words(file.bytes)))"],
            ["made", SpanWords.time(description.createdAt, now: now)],
            ["by version", "\(description.productVersion), schema \(description.schemaVersion)"],
            ["audit key", description.auditKid.text],
        ]
    }

    /// The members of a description, in JSON.
    static func write(_ description: BackupDescription, to json: inout JSONWriter) {
        json.member("createdAt", description.createdAt.iso8601)
        json.member("version", description.productVersion)
        json.member("schema", Int64(description.schemaVersion))
        json.member("instanceId", description.instanceID.description)
        json.member("auditKid", description.auditKid.text)
        json.member("contentBytes", description.contentBytes)
    }

    /// What a restore would replace, before it is confirmed.
    static func lines(_ preview: RestorePreview, now: WallTime) -> [String] {
        TextLayout.table(
            rows(preview.file, now: now) + [
                ["ends with", "audit record \(preview.lastRecord)"],
                ["into", preview.dataDirectory],
            ]) + (preview.replaced.map { lines($0) } ?? ["nothing is there yet"]) + [sessions(preview)]
    }

    private static func lines(_ replaced: ReplacedState) -> [String] {
        if let fault = replaced.fault { return ["what is there now cannot be read (\(fault)), so what is newer in it is not known"] }
        let end = "audit record \(replaced.lastRecord)\(replaced.lastAt.map { " of \($0.iso8601)" } ?? "")"
        let password =
            replaced.hasOtherPassword
            ? ["its master password was set anew or is another: from now on the one of the backup's day opens the data directory"] : []
        guard replaced.continuesBackup else {
            return ["what is there now is of another installation or went its own way; it ends with \(end)"] + password
        }
        guard !replaced.newer.isEmpty else { return ["nothing is newer there than the backup"] + password }
        let count = replaced.newer.values.reduce(0, +)
        return ["newer there, and undone: \(SpanWords.count(count, "record")) up to \(end):"]
            + TextLayout.table(replaced.newer.sorted { $0.key < $1.key }.map { ["  \($0.key)", "\($0.value)"] }) + password
    }

    private static func sessions(_ preview: RestorePreview) -> String {
        let count = SpanWords.count(preview.sessions.count, "session")
        return preview.keepsSessions
            ? "\(count) of the backup \(preview.sessions.count == 1 ? "comes" : "come") back to life, with the secrets that signed them"
            : "every session issued before is refused from then on (\(count) of the backup could still be used)"
    }

    /// What comes back to life.
    static func lines(_ sessions: RestoredSessions, now: WallTime) -> [String] {
        guard sessions.count > 0 else { return ["no session came back to life"] }
        let shown = sessions.entries.prefix(sessionsListed)
        let rest = sessions.count - Int64(shown.count)
        return ["came back to life, signed by \(sessions.kids.map(\.text).joined(separator: " and ")):"]
            + TextLayout.table(
                [["  SESSION", "AGENT", "EXPIRES", ""]]
                    + shown.map { entry in
                        [
                            "  \(entry.id)", entry.agentID.description, SpanWords.time(entry.expiresAt, now: now),
                            entry.hasEndedSince ? "HAD ENDED SINCE THE BACKUP" : "",
                        ]
                    }) + (rest > 0 ? ["  and \(rest) more"] : [])
    }
}
