/// Every setting there is. A new one is a handle here, a line in ``all``, and a field of ``Configuration``.
///
/// The overlap of the session secret is not among them: it is 300 s and nothing changes it (design 2.1).
public enum Settings {
    /// All settings, sorted by name.
    public static let all: [SettingRow] = [
        userKeyAlgorithm.row,
        audience.row,
        familiesPerUser.row,
        issuer,
        jwksMaxAge.row,
        maxUsers.row,
        refreshAbsolute.row,
        refreshIdle.row,
        refreshPerAddress.row,
        refreshPerFamily.row,
        registration.row,
        rotateEvery.row,
        signInsPerAddress.row,
        signInsPerUser.row,
        userTokenTTL.row,
        hostname.row,
        logFormat.row,
        logLevel.row,
        port.row,
        shutdownTimeout.row,
        eventAckTimeout.row,
        eventRotateEvery.row,
        eventWindow.row,
        behindTLS.row,
        corsOrigins.row,
        hosts.row,
        maxConnections.row,
        maxStreams.row,
        operatorOverTCP,
        trustedProxies.row,
        metricsTokenFile.row,
        publicSessions.row,
        jwtSecret,
        maxRenewals.row,
        maxSessionsPerAgent.row,
        sessionAbsoluteLifetime.row,
        sessionTTL.row,
        allowNetworkFilesystem.row,
        storageBackend.row,
        redisPasswordFile.row,
        redisPrefix.row,
        redisRequireDurable.row,
        redisURL.row,
        userSessionsPerUser.row,
    ]

    // MARK: daemon

    /// `daemon.hostname`.
    public static let hostname = Setting<String>(
        "daemon", "hostname", .text(.listeningAddress), default: "127.0.0.1",
        "The address to listen on. One that is not loopback needs http.behind_tls = true.")

    /// `daemon.log_format`.
    public static let logFormat = Setting<String>(
        "daemon", "log_format", .choice(LogFormat.allCases.map(\.rawValue)), default: LogFormat.text.rawValue,
        "How a line of the log is written: for people, or as one JSON object.")

    /// `daemon.log_level`.
    public static let logLevel = Setting<String>(
        "daemon", "log_level", .choice(LogLevel.allCases.map(\.rawValue)), default: LogLevel.info.rawValue,
        "The least severe kind of line that is logged.", reloadable: true)

    /// `daemon.port`.
    public static let port = Setting<Int64>(
        "daemon", "port", .integer(1...65_535, unit: nil), default: 3_100,
        "The TCP port to listen on. The flag also takes 0: the system chooses, and the ready line names it.", flagRange: 0...65_535)

    /// `daemon.shutdown_timeout`.
    public static let shutdownTimeout = Setting<Int64>(
        "daemon", "shutdown_timeout", .integer(5...300, unit: .seconds), default: 30,
        "How long running requests may take to end when the daemon stops.", reloadable: true)

    // MARK: http

    /// `http.behind_tls`.
    public static let behindTLS = Setting<Bool>(
        "http", "behind_tls", .boolean, default: false,
        "Says that a proxy in front of the daemon speaks TLS; without it the daemon listens on loopback only.")

    /// `http.cors_origins`.
    public static let corsOrigins = Setting<[String]>(
        "http", "cors_origins", .list(.origin, atMost: 100), default: [],
        "Origins whose pages may read the API's answers.", reloadable: true)

    /// `http.hosts`.
    public static let hosts = Setting<[String]>(
        "http", "hosts", .list(.hostName, atMost: 100), default: [],
        "Host names that requests may carry besides the loopback names; without a port, any port.", reloadable: true)

    /// `http.max_connections`.
    public static let maxConnections = Setting<Int64>(
        "http", "max_connections", .integer(16...1_000_000, unit: nil), default: 4_096,
        "How many connections may be open at once.")

    /// `http.max_streams`.
    public static let maxStreams = Setting<Int64>(
        "http", "max_streams", .integer(0...1_000_000, unit: nil), default: 10_000,
        "How many streams of pictures may be open at once, besides the connections; one address may have three quarters of them.")

    /// `http.operator_over_tcp`: its default is derived, see ``OperatorDoor``.
    public static let operatorOverTCP = SettingRow(
        section: "http", key: "operator_over_tcp", form: .boolean, fallback: nil,
        summary:
            "Whether operator routes answer over TCP. Default: true, but false once behind_tls, trusted_proxies or an outside host is set.",
        isReloadable: true, isSecret: false, flagRange: nil)

    /// `http.trusted_proxies`.
    public static let trustedProxies = Setting<[String]>(
        "http", "trusted_proxies", .list(.addressBlock, atMost: 100), default: [],
        "Addresses or blocks of proxies whose X-Forwarded-For is believed.")

    // MARK: metrics

    /// `metrics.token_file`.
    public static let metricsTokenFile = Setting<String>(
        "metrics", "token_file", .text(.pathOrNothing), default: "",
        "A file that holds the token which opens GET /metrics beside the operator's password; empty: only the operator may read them.")

    // MARK: security

    /// `security.jwt_secret`: written by `init`, never read by the daemon afterwards.
    public static let jwtSecret = SettingRow(
        section: "security", key: "jwt_secret", form: .text(.hexKey), fallback: nil,
        summary: "The first session secret, as init made it. An initial value only: the daemon never reads it again.",
        isReloadable: false, isSecret: true, flagRange: nil)

    /// `security.max_renewals`.
    public static let maxRenewals = Setting<Int64>(
        "security", "max_renewals", .integer(0...100, unit: nil), default: 30,
        "How often an agent session may be renewed; 0 forbids it.", reloadable: true)

    /// `security.max_sessions_per_agent`.
    public static let maxSessionsPerAgent = Setting<Int64>(
        "security", "max_sessions_per_agent", .integer(1...1_000_000, unit: nil), default: 5,
        "How many live sessions one agent may have.", reloadable: true)

    /// `security.session_absolute_lifetime`.
    public static let sessionAbsoluteLifetime = Setting<Int64>(
        "security", "session_absolute_lifetime", .integer(86_400...7_776_000, unit: .seconds), default: 2_592_000,
        "How long renewals may keep an agent session alive; frozen when the session is made.", reloadable: true)

    /// `security.session_ttl`.
    public static let sessionTTL = Setting<Int64>(
        "security", "session_ttl", .integer(300...604_800, unit: .seconds), default: 86_400,
        "The life of an agent session that asks for none.", reloadable: true)

    // MARK: storage

    /// `storage.allow_network_filesystem`.
    public static let allowNetworkFilesystem = Setting<Bool>(
        "storage", "allow_network_filesystem", .boolean, default: false,
        "Lets the data directory lie on a network file system, where the instance lock and SQLite may not hold.")

    /// `storage.backend`.
    public static let storageBackend = Setting<String>(
        "storage", "backend", .choice(StorageBackend.allCases.map(\.rawValue)), default: StorageBackend.sqlite.rawValue,
        "Whether this daemon stands alone, or shares its state with others through Redis (waiaas migrate, waiaas init --join).")

    /// `storage.redis_password_file`.
    public static let redisPasswordFile = Setting<String>(
        "storage", "redis_password_file", .text(.pathOrNothing), default: "",
        "A file that holds the password of the Redis server; empty: it asks for none.")

    /// `storage.redis_prefix`.
    public static let redisPrefix = Setting<String>(
        "storage", "redis_prefix", .text(.keyPrefix), default: "waiaas",
        "What the names of the keys on the Redis server begin with: two groups of daemons on one server need two.")

    /// `storage.redis_require_durable`.
    public static let redisRequireDurable = Setting<Bool>(
        "storage", "redis_require_durable", .boolean, default: true,
        "Refuses to start with a Redis server that may drop what it holds or forgets it when it is restarted.")

    /// `storage.redis_url`.
    public static let redisURL = Setting<String>(
        "storage", "redis_url", .text(.redisURL), default: "",
        "Where the Redis server is: unix:///run/redis/redis.sock or redis://10.0.0.5:6379, with ?db=1 or /1 for another database.")
}
