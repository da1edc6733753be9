/// Where state is shared: the settings that `init --join` writes into `config.toml`.
public struct SharingTarget: Hashable, Sendable {
    /// `storage.redis_url`.
    public let url: String
    /// `storage.redis_password_file`; nil if the server asks for none.
    public let passwordFile: String?
    /// `storage.redis_prefix`.
    public let prefix: String

    /// A target; without a prefix the default one.
    public init(url: String, passwordFile: String?, prefix: String?) {
        self.url = url
        self.passwordFile = passwordFile
        self.prefix = prefix ?? Settings.redisPrefix.fallback
    }
}

/// What `migrate` did.
public struct MigrateResult: Hashable, Sendable {
    /// The path of the data directory.
    public let dataDirectory: String
    /// Where the truth is now.
    public let backend: StorageBackend
    /// Where it is shared, or was.
    public let place: String

    /// A result from its parts.
    public init(dataDirectory: String, backend: StorageBackend, place: String) {
        self.dataDirectory = dataDirectory
        self.backend = backend
        self.place = place
    }
}
