/// Why a data directory cannot be used.
public enum DataDirectoryError: Error, Hashable, Sendable {
    /// Neither a flag nor the environment names one, and there is no home directory.
    case noHome
    /// There is none, or it lacks its configuration or its database.
    case notInitialised(path: String)
    /// There is one already.
    case alreadyInitialised(path: String)
    /// A restore was cut short after it was decided and before every file was in its place.
    case restoreUnfinished(path: String)
    /// Somebody else could read or replace what is in it.
    case unsafe(path: String, reason: String)
    /// It, or something in it, belongs to another user than the one who asks.
    case foreign(path: String, owner: UInt32, user: UInt32)
    /// It lies where locks and SQLite may not hold.
    case networkFileSystem(path: String, kind: String)
    /// A file is larger than its limit in bytes.
    case tooLarge(path: String, limit: Int)
    /// There is no room left for it.
    case full(path: String)
    /// The system refused.
    case system(path: String, reason: String)
}

extension DataDirectoryError: CustomStringConvertible {
    /// The error as one line for a person.
    public var description: String {
        switch self {
        case .noHome: "no data directory: neither --data-dir nor WAIAAS_DATA_DIR nor HOME is set"
        case .notInitialised(let path): "\(path) is not initialised"
        case .alreadyInitialised(let path): "\(path) is initialised already"
        case .restoreUnfinished(let path): "a restore of \(path) was cut short before every file was in its place"
        case .unsafe(let path, let reason): "\(path) is not safe to use: \(reason)"
        case .foreign(let path, let owner, let user): "\(path) is not safe to use: it belongs to user \(owner), not to \(user)"
        case .networkFileSystem(let path, let kind): "\(path) lies on a network file system (\(kind))"
        case .tooLarge(let path, let limit): "\(path) is larger than \(limit) bytes"
        case .full(let path): "\(path) cannot be written: the disk is full"
        case .system(let path, let reason): "\(path): \(reason)"
        }
    }
}
