/// The settings under `[events]`; the list of tables `[[events.target]]` is read by ``EventTargetReader``.
extension Settings {
    /// `events.ack_timeout`.
    public static let eventAckTimeout = Setting<Int64>(
        "events", "ack_timeout", .integer(1...3_600, unit: .seconds), default: 60,
        "How long targets and consumers may take to follow a step of a rotation of the event secret, before it stands still or takes itself back."
    )

    /// `events.rotate_every`.
    public static let eventRotateEvery = Setting<Int64>(
        "events", "rotate_every", .integer(0...31_536_000, unit: .seconds), default: 0,
        "How often the event secret is rotated by itself; 0 for never, else at least an hour. 30 to 90 days are usual.")

    /// `events.window`.
    public static let eventWindow = Setting<Int64>(
        "events", "window", .integer(1...2_592_000, unit: .seconds), default: 300,
        "How long the event key before goes on verifying after a rotation that asks for nothing else.")
}
