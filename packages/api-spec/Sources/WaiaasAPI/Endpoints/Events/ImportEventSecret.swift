import WaiaasCore

/// `POST /v1/events/import`: takes over a secret that is in use already.
public enum ImportEventSecret: Operation {
    /// The answer.
    public typealias Output = EventStatus
    /// The field with the secret.
    public static let secret = SecretHeader(
        name: "X-Event-Secret", text: "The secret: 32 to 1,024 printable ASCII characters, no space, quotation mark or backslash.")
    /// The contract.
    public static let endpoint = describe(
        .post, "/v1/events/import", area: .events, authentication: .operator, secretHeaders: [secret],
        problems: [.eventRotationRunning, .eventKeyUnfit], changes: true,
        summary: "Import an event secret",
        text: """
            The text in `X-Event-Secret` becomes the key that signs, as it stands; the key that signed until now is dropped. For moving in: do it before anything is signed here. Targets that hold the secret alone are taken over by the next rotation.
            """)
}
