/// Why a backup cannot be made or used.
public enum BackupFault: Error, Hashable, Sendable {
    /// The file is not as it was written; says where.
    case damaged(path: String, place: String)
    /// The file is whole, and in a format of a later release.
    case newerFormat(path: String, found: Int, known: Int)
    /// The file opens, but what is in it cannot serve; says what is wrong with it.
    case unfit(path: String, findings: [String])
    /// The system did not let it be read or written.
    case unreadable(path: String, reason: String)
    /// There is something at the place where it was to be written.
    case exists(path: String)
    /// The disk has less room than it needs, in bytes.
    case noRoom(path: String, needed: Int64, free: Int64)
    /// `config.toml` writes its secret so that it cannot be left out.
    case secretNotSeparable(path: String)
}

extension BackupFault: CustomStringConvertible {
    /// The fault as one line for a person.
    public var description: String {
        switch self {
        case .damaged(let path, let place): "\(path) is damaged: \(place)"
        case .newerFormat(let path, let found, let known):
            "\(path) was made by a later release (format \(found), this one knows \(known))"
        case .unfit(let path, let findings): "\(path) opens, but must not be used: \(findings.joined(separator: "; "))"
        case .unreadable(let path, let reason): "\(path): \(reason)"
        case .exists(let path): "\(path) is there already"
        case .noRoom(let path, let needed, let free): "\(path) needs \(needed) bytes, and \(free) are free"
        case .secretNotSeparable(let path): "\(path) writes security.jwt_secret so that it cannot be left out of a backup"
        }
    }

    /// What to do about it; nil when there is nothing to add.
    public var hint: String? {
        switch self {
        case .damaged: "take another copy of it, or an older backup: waiaas backup list"
        case .newerFormat: "install that release"
        case .unfit: "take an older backup: waiaas backup list"
        case .exists: "choose another name, or remove it"
        case .noRoom: "make room there; for verify, TMPDIR names another place"
        case .secretNotSeparable: "put it on a line of its own below [security], or remove it: the daemon never reads it again"
        case .unreadable: nil
        }
    }

    /// The code that a command prints.
    public var code: String {
        switch self {
        case .damaged: "BACKUP_DAMAGED"
        case .newerFormat: "BACKUP_NEWER"
        case .unfit: "BACKUP_UNFIT"
        case .unreadable: "BACKUP_UNREADABLE"
        case .exists: "BACKUP_EXISTS"
        case .noRoom: "BACKUP_NO_ROOM"
        case .secretNotSeparable: "CONFIGURATION_INVALID"
        }
    }
}
