import WaiaasCore

/// `POST /v1/events/rotation/abort`: takes a rotation back before its key signs.
public enum AbortEventRotation: Operation {
    /// The answer.
    public typealias Output = EventRotationReport
    /// The contract.
    public static let endpoint = describe(
        .post, "/v1/events/rotation/abort", area: .events, authentication: .operator,
        problems: [.eventRotationNotRunning, .eventKeySigns], changes: true,
        summary: "Abort a rotation",
        text: """
            The staged key is dropped here at once and taken out of the targets; nothing was signed with it.
            """)
}
