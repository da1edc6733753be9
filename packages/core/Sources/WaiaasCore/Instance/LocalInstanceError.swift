/// Why a command on a data directory failed.
public enum LocalInstanceError: Error, Hashable, Sendable {
    /// The configuration is wrong.
    case configuration(ConfigurationFaults)
    /// The data directory cannot be used.
    case directory(DataDirectoryError)
    /// Another process holds the data directory, or its lock cannot be used.
    case lock(InstanceLockError)
    /// There is no usable password.
    case password(PasswordFault)
    /// The password opens nothing here.
    case wrongPassword
    /// A backup cannot be made or used.
    case backup(BackupFault)
    /// A step took longer than its deadline.
    case timeout(step: String)
    /// Something else; the hint says what to do.
    case failed(String, hint: String?)

    /// What the process tells its caller.
    public var exitCode: ExitCode {
        switch self {
        case .lock(.held): .alreadyRunning
        case .directory(.notInitialised): .notAvailable
        case .wrongPassword: .wrongPassword
        case .timeout: .timeout
        case .configuration, .directory, .lock, .password, .backup, .failed: .failure
        }
    }

    /// What to do about it.
    public var hint: String? {
        switch self {
        case .directory(.notInitialised): "run waiaas init first"
        case .lock(.held): "waiaas status shows what it is doing"
        // Quoted, because a shell takes a word that begins with # for a comment.
        case .directory(.foreign(_, let owner, _)), .lock(.foreign(_, let owner, _)):
            "run the command as that user: sudo -u '#\(owner)' waiaas …"
        case .directory(.networkFileSystem): "use a local disk, or set storage.allow_network_filesystem = true if flock holds there"
        case .directory(.restoreUnfinished): "waiaas start finishes it"
        case .directory(.full): "make room and try again"
        case .backup(let fault): fault.hint
        case .failed(_, let hint): hint
        default: nil
        }
    }
}

extension LocalInstanceError: CustomStringConvertible {
    /// The error as one line for a person (one a fault for configurations).
    public var description: String {
        switch self {
        case .configuration(let faults): faults.description
        case .directory(let error): error.description
        case .lock(let error): error.description
        case .password(let fault): fault.description
        case .wrongPassword: "wrong master password"
        case .backup(let fault): fault.description
        case .timeout(let step): "\(step) took too long"
        case .failed(let reason, _): reason
        }
    }
}
