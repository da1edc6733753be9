/// Which data directory, and what the command line says about its settings.
public struct InstanceSelection: Hashable, Sendable {
    /// `--data-dir`; nil leaves it to `WAIAAS_DATA_DIR` and the default.
    public let dataDirectory: String?
    /// Settings given as flags: dotted name to text.
    public let flags: [String: String]
    /// How long to wait for the lock (`--lock-timeout`).
    public let lockPatience: Duration

    /// A selection; without arguments the default directory.
    public init(dataDirectory: String? = nil, flags: [String: String] = [:], lockPatience: Duration = .zero) {
        self.dataDirectory = dataDirectory
        self.flags = flags
        self.lockPatience = lockPatience
    }
}

/// What `init` needs.
public struct InitialiseRequest: Sendable {
    /// Where.
    public let selection: InstanceSelection
    /// The new master password; of a directory that joins, the one in force.
    public let password: any PasswordSource
    /// Whose state it shares; nil to stand alone.
    public let target: SharingTarget?

    /// A request.
    public init(selection: InstanceSelection, password: any PasswordSource, joining target: SharingTarget? = nil) {
        self.selection = selection
        self.password = password
        self.target = target
    }
}

/// What `init` did.
public struct InitialiseResult: Hashable, Sendable {
    /// The path of the data directory.
    public let dataDirectory: String
    /// The first session secret's name.
    public let sessionKid: KeyID
    /// The first audit key's name: whoever keeps it elsewhere can pin it.
    public let auditKid: KeyID
    /// Whether it joined what others share, rather than make its own.
    public let hasJoined: Bool
    /// What the operator should know.
    public let warnings: [String]

    /// A result from its parts.
    public init(dataDirectory: String, sessionKid: KeyID, auditKid: KeyID, hasJoined: Bool = false, warnings: [String]) {
        self.hasJoined = hasJoined
        self.dataDirectory = dataDirectory
        self.sessionKid = sessionKid
        self.auditKid = auditKid
        self.warnings = warnings
    }
}

/// What `start` needs.
public struct StartRequest: Sendable {
    /// Where the daemon runs.
    public enum Mode: Hashable, Sendable {
        /// In this process, until a signal stops it.
        case foreground
        /// In a process of its own.
        case background
        /// In this process, which is the one that a background start made: it reports to its parent by pipes.
        case spawned
    }

    /// Which data directory.
    public let selection: InstanceSelection
    /// Where the daemon runs.
    public let mode: Mode
    /// The master password.
    public let password: any PasswordSource

    /// A request.
    public init(selection: InstanceSelection, mode: Mode, password: any PasswordSource) {
        self.selection = selection
        self.mode = mode
        self.password = password
    }
}

/// A daemon that answers requests.
public struct StartedInstance: Hashable, Sendable {
    /// Who it is and where it listens.
    public let holder: InstanceHolder
    /// The path of its data directory.
    public let dataDirectory: String
    /// What the operator should know.
    public let warnings: [String]

    /// A started daemon from its parts.
    public init(holder: InstanceHolder, dataDirectory: String, warnings: [String]) {
        self.holder = holder
        self.dataDirectory = dataDirectory
        self.warnings = warnings
    }
}

/// What a daemon is doing.
public struct InstanceStatus: Hashable, Sendable {
    /// What the evidence shows.
    public let state: InstanceState
    /// Who holds the data directory, as far as it wrote it down.
    public let holder: InstanceHolder?
    /// The path of the data directory.
    public let dataDirectory: String

    /// A status from its parts.
    public init(state: InstanceState, holder: InstanceHolder?, dataDirectory: String) {
        self.state = state
        self.holder = holder
        self.dataDirectory = dataDirectory
    }
}

/// What an offline command needs that opens sealed data.
public struct UnlockRequest: Sendable {
    /// Which data directory.
    public let selection: InstanceSelection
    /// The master password; nil for a command that can do without.
    public let password: (any PasswordSource)?

    /// A request.
    public init(selection: InstanceSelection, password: (any PasswordSource)?) {
        self.selection = selection
        self.password = password
    }
}

/// What `password change` needs.
public struct ChangePasswordRequest: Sendable {
    /// Which data directory.
    public let selection: InstanceSelection
    /// The password in force.
    public let current: any PasswordSource
    /// The one to come.
    public let replacement: any PasswordSource

    /// A request.
    public init(selection: InstanceSelection, current: any PasswordSource, replacement: any PasswordSource) {
        self.selection = selection
        self.current = current
        self.replacement = replacement
    }
}

/// What `secret reset` did.
public struct SessionSecretReset: Hashable, Sendable {
    /// The fresh secret's name.
    public let kid: KeyID
    /// How many live sessions lost their token.
    public let sessionsCut: Int

    /// A result from its parts.
    public init(kid: KeyID, sessionsCut: Int) {
        self.kid = kid
        self.sessionsCut = sessionsCut
    }
}

/// Which configuration is to be read.
public struct ConfigurationRequest: Hashable, Sendable {
    /// Which data directory, and what a start's flags say.
    public let selection: InstanceSelection
    /// Another file instead of the directory's `config.toml`; then there need not be a data directory.
    public let file: String?

    /// A request; without a file the directory's own.
    public init(selection: InstanceSelection, file: String? = nil) {
        self.selection = selection
        self.file = file
    }
}

/// A configuration in which nothing is wrong.
public struct ConfigurationReport: Hashable, Sendable {
    /// The path of the file.
    public let file: String
    /// Every value with its origin.
    public let settings: ResolvedSettings

    /// A report from its parts.
    public init(file: String, settings: ResolvedSettings) {
        self.file = file
        self.settings = settings
    }
}
