import WaiaasAPI
import WaiaasCore

/// Users for a person.
enum UserText {
    /// What a new password or a disabling has ended, and where that is not seen.
    static let endedNote =
        "their logins have ended and tokens issued before are refused here; programs that verify tokens by themselves take them to their end"

    static func lines(_ user: UserSummary, now: WallTime) -> [String] {
        var rows = [["user", user.userId.text], ["status", user.status.rawValue], ["added", user.createdAt.iso8601]]
        if user.updatedAt != user.createdAt { rows.append(["changed", SpanWords.time(user.updatedAt, now: now)]) }
        if let since = user.disabledAt { rows.append(["disabled", SpanWords.time(since, now: now)]) }
        return TextLayout.table(rows)
    }
}
