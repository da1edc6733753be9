/// What `waiaas doctor` needs.
public struct DoctorRequest: Sendable {
    /// Which data directory.
    public let selection: InstanceSelection
    /// The master password, for who wants to know more; nil without.
    public let password: (any PasswordSource)?
    /// What a running daemon said when it was asked with the password; nil if it was not.
    public let testimony: DaemonTestimony?

    /// A request.
    public init(selection: InstanceSelection, password: (any PasswordSource)? = nil, testimony: DaemonTestimony? = nil) {
        self.selection = selection
        self.password = password
        self.testimony = testimony
    }
}

/// What only the daemon itself can say while it runs.
public struct DaemonTestimony: Hashable, Sendable {
    /// Its version.
    public let version: String
    /// Whether its keys are locked in memory.
    public let hasLockedKeys: Bool
    /// How old the session secret is.
    public let secretAge: SecretFacts.Age
    /// What it says should be looked at of the event secret.
    public let eventTrouble: [String]

    /// A testimony from its parts.
    public init(version: String, hasLockedKeys: Bool, secretAge: SecretFacts.Age, eventTrouble: [String] = []) {
        self.version = version
        self.hasLockedKeys = hasLockedKeys
        self.secretAge = secretAge
        self.eventTrouble = eventTrouble
    }
}
