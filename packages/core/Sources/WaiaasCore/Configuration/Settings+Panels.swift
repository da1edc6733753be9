/// Settings under `[public_sessions]` and `[user_sessions]`: live pictures.
extension Settings {
    /// `public_sessions.enabled`.
    public static let publicSessions = Setting<Bool>(
        "public_sessions", "enabled", .boolean, default: true,
        "Whether anybody may make, change and see sessions that belong to nobody.", reloadable: true)

    /// `user_sessions.per_user`.
    public static let userSessionsPerUser = Setting<Int64>(
        "user_sessions", "per_user", .integer(1...10_000, unit: nil), default: 1_000,
        "How many sessions with a picture a user may have.", reloadable: true)
}
