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
            ]) + (preview.replaced.map { lines($0) } ?? ["nothing is there yet"]) + [sessions(preview)] + users(preview)
    }

    /// What becomes of users, their logins and the OAuth clients.
    private static func users(_ preview: RestorePreview) -> [String] {
        let users = preview.users
        guard users.counts.all > 0 || users.clients > 0 else { return [] }
        let there = "\(SpanWords.count(Int64(users.counts.all), "user")) (\(users.counts.disabled) disabled) and"
        let logins = SpanWords.count(users.logins, "login")
        return [
            "\(there) \(SpanWords.count(users.clients, "OAuth client")) come back: user passwords, disabled users and OAuth client secrets "
                + "are those of the backup's day",
            preview.keepsSessions
                ? "\(logins) of users \(users.logins == 1 ? "comes" : "come") back to life, with the keys \(names(users.kids))"
                : "every user token issued before is refused from then on (\(logins) of the backup could still be refreshed)",
        ]
    }

    /// What became of users, their logins and the OAuth clients.
    static func users(_ restored: RestoreResult) -> [String] {
        let (users, keepsLogins) = (restored.preview.users, restored.preview.keepsSessions)
        guard users.counts.all > 0 || users.clients > 0 else { return [] }
        let key = keepsLogins ? [] : ["A fresh key signs user tokens; \(SpanWords.count(restored.loginsEnded, "login")) of users ended"]
        return key + ["User passwords, disabled users and OAuth client secrets are those of the backup's day"]
    }

    /// What comes back to life of users' logins, and what to do if it must not.
    static func revived(_ preview: RestorePreview) -> [String] {
        let (users, newer) = (preview.users, preview.replaced?.newer ?? [:])
        var lines: [String] = []
        if users.logins > 0 {
            lines.append("\(SpanWords.count(users.logins, "login")) of users came back to life, under the keys \(names(users.kids))")
        }
        if newer["USER_KEY_ROTATED"] != nil || newer["USER_KEY_TAINTED"] != nil {
            lines.append("The keys of user tokens were changed after the backup: if one had leaked, it signs again")
        }
        if users.counts.all > 0 || users.clients > 0 {
            lines.append("If a key or a login of then must not live: waiaas key rotate --ring user --compromised, once the daemon runs")
        }
        return lines
    }

    private static func names(_ kids: [KeyID]) -> String { kids.map(\.text).joined(separator: " and ") }

    /// The users' half of a backup, in JSON.
    static func write(_ users: RestoredUsers, to json: inout JSONWriter) {
        json.key("users")
        json.beginObject()
        json.member("count", Int64(users.counts.all))
        json.member("disabled", Int64(users.counts.disabled))
        json.member("clients", users.clients)
        json.member("logins", users.logins)
        json.member("kids", users.kids.map(\.text))
        json.endObject()
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
