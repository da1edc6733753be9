/// The settings in force, with Swift types.
public struct Configuration: Hashable, Sendable {
    /// Where the daemon listens, logs and how it stops.
    public var daemon = Daemon()
    /// Who may reach it over HTTP.
    public var http = HTTP()
    /// Who may read the metrics.
    public var metrics = Metrics()
    /// The life of agent sessions.
    public var security = Security()
    /// Where the data lie.
    public var storage = Storage()

    /// Users, their tokens and logins.
    public var auth = Auth()
    /// Users' panels and public ones.
    public var panels = Panels()

    /// The event secret, its rotation and its targets.
    public var events = Events()

    /// Settings under `[events]`.
    public struct Events: Hashable, Sendable {
        /// How long a step of a rotation may take before somebody counts as missing.
        public var ackTimeout = Duration.seconds(Settings.eventAckTimeout.fallback)
        /// How often the secret is rotated; nil for never.
        public var rotateEvery: Duration?
        /// How long the key before goes on verifying.
        public var window = Duration.seconds(Settings.eventWindow.fallback)
        /// Where the secret is kept outside.
        public var targets: [EventTargetSettings] = []
    }

    /// Settings under `[auth]`.
    public struct Auth: Hashable, Sendable {
        /// What the next key pair is made for.
        public var algorithm = UserKeyAlgorithm.rs256
        /// `iss`; nil for the daemon's own address.
        public var issuer: String?
        /// `aud`.
        public var audience = Settings.audience.fallback
        /// The life of a token that asks for none.
        public var tokenTTL = Duration.seconds(Settings.userTokenTTL.fallback)
        /// How long others may keep a copy of the published keys.
        public var jwksMaxAge = Duration.seconds(Settings.jwksMaxAge.fallback)
        /// How often the key pair is changed; nil for never.
        public var rotateEvery: Duration?
        /// Whether users may add themselves.
        public var isRegistrationOpen = false
        /// How long a refresh token may lie unused.
        public var refreshIdle = Duration.seconds(Settings.refreshIdle.fallback)
        /// How long a login may last.
        public var refreshAbsolute = Duration.seconds(Settings.refreshAbsolute.fallback)
        /// How many logins a user may have.
        public var familiesPerUser = Int(clamping: Settings.familiesPerUser.fallback)
        /// Refreshes a minute of one login; 0 for any number.
        public var refreshPerFamily = Int(clamping: Settings.refreshPerFamily.fallback)
        /// Refresh requests a minute from one address; 0 for any number.
        public var refreshPerAddress = Int(clamping: Settings.refreshPerAddress.fallback)
        /// Successful sign-ins a minute of one user; 0 for any number.
        public var signInsPerUser = Int(clamping: Settings.signInsPerUser.fallback)
        /// Sign-ins a minute from one address; 0 for any number.
        public var signInsPerAddress = Int(clamping: Settings.signInsPerAddress.fallback)
        /// How many users there may be before nobody can add themselves; 0 for any number.
        public var maxUsers = Int(clamping: Settings.maxUsers.fallback)
    }

    /// Settings under `[daemon]`.
    public struct Daemon: Hashable, Sendable {
        /// The address to listen on.
        public var hostname = Settings.hostname.fallback
        /// The port to listen on; 0 lets the system choose.
        public var port = UInt16(clamping: Settings.port.fallback)
        /// How a line of the log is written.
        public var logFormat = LogFormat.text
        /// The least severe kind of line that is logged.
        public var logLevel = LogLevel.info
        /// How long requests may drain.
        public var shutdownTimeout = Duration.seconds(Settings.shutdownTimeout.fallback)
    }

    /// Settings under `[http]`.
    public struct HTTP: Hashable, Sendable {
        /// Whether a proxy in front speaks TLS.
        public var isBehindTLS = Settings.behindTLS.fallback
        /// Whether operator routes answer over TCP; derived where nobody set it.
        public var operatorOverTCP = true
        /// Whose `X-Forwarded-For` is believed.
        public var trustedProxies = [AddressBlock]()
        /// Host names besides the loopback ones.
        public var hosts = Settings.hosts.fallback
        /// Origins whose pages may read answers.
        public var corsOrigins = Settings.corsOrigins.fallback
        /// How many connections may be open at once.
        public var maxConnections = Int(clamping: Settings.maxConnections.fallback)
        /// How many streams may be open at once.
        public var maxStreams = Int(clamping: Settings.maxStreams.fallback)
        /// Which `Host` values are answered.
        public var hostRule: HostRule { HostRule(hosts: hosts) }
    }

    /// Settings under `[metrics]`.
    public struct Metrics: Hashable, Sendable {
        /// The file with the token of whoever scrapes; nil if only the operator may.
        public var tokenFile: String?
    }

    /// Settings under `[security]`.
    public struct Security: Hashable, Sendable {
        /// The life of a session that asks for none.
        public var sessionTTL = Duration.seconds(Settings.sessionTTL.fallback)
        /// How long renewals may keep a session alive.
        public var sessionAbsoluteLifetime = Duration.seconds(Settings.sessionAbsoluteLifetime.fallback)
        /// How many live sessions an agent may have.
        public var maxSessionsPerAgent = Int(clamping: Settings.maxSessionsPerAgent.fallback)
        /// How often a session may be renewed.
        public var maxRenewals = Int(clamping: Settings.maxRenewals.fallback)
    }

    /// Settings under `[public_sessions]` and `[user_sessions]`.
    public struct Panels: Hashable, Sendable {
        /// Whether there are panels that belong to nobody.
        public var allowsPublic = Settings.publicSessions.fallback
        /// How many panels a user may have.
        public var perUser = Int(clamping: Settings.userSessionsPerUser.fallback)
    }

    /// Settings under `[storage]`.
    public struct Storage: Hashable, Sendable {
        /// Whether the data directory may lie on a network file system.
        public var allowNetworkFilesystem = Settings.allowNetworkFilesystem.fallback
        /// Where the truth is.
        public var backend = StorageBackend.sqlite
        /// The address of the Redis server; empty for none.
        public var redisURL = Settings.redisURL.fallback
        /// The file with its password; nil if it asks for none.
        public var redisPasswordFile: String?
        /// What the names of our keys there begin with.
        public var redisPrefix = Settings.redisPrefix.fallback
        /// Whether a server that may lose what it holds is refused.
        public var requiresDurableRedis = Settings.redisRequireDurable.fallback
    }

    /// The defaults.
    public init() {}

    /// The settings that were resolved.
    public init(_ settings: ResolvedSettings) {
        daemon.hostname = settings[Settings.hostname]
        daemon.port = UInt16(clamping: settings[Settings.port])
        daemon.logFormat = LogFormat(rawValue: settings[Settings.logFormat]) ?? .text
        daemon.logLevel = LogLevel(rawValue: settings[Settings.logLevel]) ?? .info
        daemon.shutdownTimeout = .seconds(settings[Settings.shutdownTimeout])
        http.isBehindTLS = settings[Settings.behindTLS]
        http.trustedProxies = settings[Settings.trustedProxies].compactMap { AddressBlock($0) }
        http.hosts = settings[Settings.hosts]
        http.corsOrigins = settings[Settings.corsOrigins]
        http.maxConnections = Int(clamping: settings[Settings.maxConnections])
        http.maxStreams = Int(clamping: settings[Settings.maxStreams])
        http.operatorOverTCP = settings.isOperatorDoorOpenOverTCP
        let tokenFile = settings[Settings.metricsTokenFile]
        metrics.tokenFile = tokenFile.isEmpty ? nil : tokenFile
        security.sessionTTL = .seconds(settings[Settings.sessionTTL])
        security.sessionAbsoluteLifetime = .seconds(settings[Settings.sessionAbsoluteLifetime])
        security.maxSessionsPerAgent = Int(clamping: settings[Settings.maxSessionsPerAgent])
        security.maxRenewals = Int(clamping: settings[Settings.maxRenewals])
        auth.algorithm = UserKeyAlgorithm(rawValue: settings[Settings.userKeyAlgorithm]) ?? .rs256
        if case .text(let issuer) = settings.value(of: Settings.issuer) { auth.issuer = issuer }
        auth.audience = settings[Settings.audience]
        auth.tokenTTL = .seconds(settings[Settings.userTokenTTL])
        auth.jwksMaxAge = .seconds(settings[Settings.jwksMaxAge])
        let rotateEvery = settings[Settings.rotateEvery]
        auth.rotateEvery = rotateEvery == 0 ? nil : .seconds(max(3_600, rotateEvery))
        auth.isRegistrationOpen = settings[Settings.registration] == "open"
        auth.refreshIdle = .seconds(settings[Settings.refreshIdle])
        auth.refreshAbsolute = .seconds(settings[Settings.refreshAbsolute])
        auth.familiesPerUser = Int(clamping: settings[Settings.familiesPerUser])
        auth.refreshPerFamily = Int(clamping: settings[Settings.refreshPerFamily])
        auth.refreshPerAddress = Int(clamping: settings[Settings.refreshPerAddress])
        auth.signInsPerUser = Int(clamping: settings[Settings.signInsPerUser])
        auth.signInsPerAddress = Int(clamping: settings[Settings.signInsPerAddress])
        auth.maxUsers = Int(clamping: settings[Settings.maxUsers])
        panels.allowsPublic = settings[Settings.publicSessions]
        panels.perUser = Int(clamping: settings[Settings.userSessionsPerUser])
        events.ackTimeout = .seconds(settings[Settings.eventAckTimeout])
        let rotateEventsEvery = settings[Settings.eventRotateEvery]
        events.rotateEvery = rotateEventsEvery == 0 ? nil : .seconds(max(3_600, rotateEventsEvery))
        events.window = .seconds(settings[Settings.eventWindow])
        events.targets = settings.eventTargets
        storage.allowNetworkFilesystem = settings[Settings.allowNetworkFilesystem]
        storage.backend = StorageBackend(rawValue: settings[Settings.storageBackend]) ?? .sqlite
        storage.redisURL = settings[Settings.redisURL]
        let redisPassword = settings[Settings.redisPasswordFile]
        storage.redisPasswordFile = redisPassword.isEmpty ? nil : redisPassword
        storage.redisPrefix = settings[Settings.redisPrefix]
        storage.requiresDurableRedis = settings[Settings.redisRequireDurable]
    }
}
