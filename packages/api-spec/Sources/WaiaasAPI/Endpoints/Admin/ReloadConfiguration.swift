import WaiaasCore

/// `POST /v1/admin/reload`: reads the configuration again.
public enum ReloadConfiguration: Operation {
    /// The answer.
    public typealias Output = ReloadedConfiguration
    /// The contract.
    public static let endpoint = describe(
        .post, "/v1/admin/reload", area: .admin, authentication: .operator, problems: [.configurationInvalid], changes: true,
        summary: "Read the configuration again",
        text: """
            Does what SIGHUP does, and says what came of it. `config.toml` is read and checked whole; then the settings that a reload can \
            change are swapped at once, and those that need a start are named. With a fault nothing is changed: 409 with each in \
            `details.faults`. Flags and variables of the daemon's start still win over the file.
            """)
}
