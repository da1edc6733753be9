import WaiaasCore

/// `POST /v1/events/rotation/rollback`: lets the key before sign again.
public enum RollBackEventRotation: Operation {
    /// The answer.
    public typealias Output = EventRotationReport
    /// The contract.
    public static let endpoint = describe(
        .post, "/v1/events/rotation/rollback", area: .events, authentication: .operator,
        problems: [.eventRotationNotRunning, .eventKeyEnded], changes: true,
        summary: "Roll a rotation back",
        text: """
            Possible while the key before still verifies: it signs again, and the new one retires for the same window. Once it has ended nothing brings it back.
            """)
}
