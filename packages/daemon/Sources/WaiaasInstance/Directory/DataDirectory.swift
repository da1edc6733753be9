import Glibc
public import WaiaasCore

/// The directory that holds everything of one daemon: where its files lie, and whether it is safe to use them.
public struct DataDirectory: Hashable, Sendable {
    /// The absolute path.
    public let path: String

    /// A directory by its absolute path.
    public init(path: String) {
        self.path = path
    }

    /// Finds the directory: the flag, else `WAIAAS_DATA_DIR`, else `.waiaas` in the home directory.
    ///
    /// - Parameters:
    ///   - flag: `--data-dir`; a relative path counts from the working directory.
    ///   - environment: of the process; an empty variable counts as not set.
    ///   - workingDirectory: absolute.
    public static func resolve(
        flag: String?, environment: EnvironmentVariables, workingDirectory: String
    ) throws(DataDirectoryError) -> DataDirectory {
        func absolute(_ path: String) -> DataDirectory {
            var path = path.hasPrefix("/") ? path : workingDirectory + "/" + path
            while path.count > 1, path.hasSuffix("/") { path.removeLast() }
            return DataDirectory(path: path)
        }
        if let named = [flag, environment["WAIAAS_DATA_DIR"]].compactMap({ $0 }).first(where: { !$0.isEmpty }) { return absolute(named) }
        guard let home = environment["HOME"], home.hasPrefix("/") else { throw .noHome }
        return absolute(home + "/.waiaas")
    }

    /// `config.toml`.
    public var configurationFile: String { path + "/config.toml" }
    /// `waiaas.db`, with SQLite's `-wal` and `-shm` beside it.
    public var database: String { path + "/waiaas.db" }
    /// `daemon.lock`: locked for life by the one daemon; never deleted.
    public var lockFile: String { path + "/daemon.lock" }
    /// `daemon.pid`: information only.
    public var processFile: String { path + "/daemon.pid" }
    /// `operator.sock`: the operator's door.
    public var operatorSocket: String { path + "/operator.sock" }
    /// `audit-checkpoints.jsonl`.
    public var auditCheckpoints: String { path + "/audit-checkpoints.jsonl" }
    /// `backups/`.
    public var backups: String { path + "/backups" }
    /// `logs/`.
    public var logs: String { path + "/logs" }
    /// `logs/daemon.log`: what a daemon in the background prints.
    public var log: String { logs + "/daemon.log" }

    /// The plain files, which must be nobody else's and no links.
    var files: [String] {
        [
            configurationFile, database, database + "-wal", database + "-shm", database + "-journal", lockFile, processFile,
            auditCheckpoints, log,
        ]
    }

    /// The directories within.
    var directories: [String] { [backups, logs] }
}
