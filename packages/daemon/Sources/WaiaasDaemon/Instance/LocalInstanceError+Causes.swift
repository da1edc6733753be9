import WaiaasCore
import WaiaasCrypto
import WaiaasHTTP
import WaiaasInstance

/// Runs work on a data directory, and says what went wrong in the port's words.
func attempt<Answer>(_ work: () throws -> Answer) throws(LocalInstanceError) -> Answer {
    do {
        return try work()
    } catch {
        throw LocalInstanceError(causedBy: error)
    }
}

/// Runs work on a data directory, and says what went wrong in the port's words.
func attempt<Answer>(_ work: () async throws -> Answer) async throws(LocalInstanceError) -> Answer {
    do {
        return try await work()
    } catch {
        throw LocalInstanceError(causedBy: error)
    }
}

extension LocalInstanceError {
    /// The one place where the errors of the rooms become what an operator reads.
    init(causedBy error: any Error) {
        switch error {
        case let error as LocalInstanceError: self = error
        case let error as DataDirectoryError: self = .directory(error)
        case let error as InstanceLockError: self = .lock(error)
        case let error as ConfigurationFaults: self = .configuration(error)
        case let error as BackupFault: self = .backup(error)
        case let error as PasswordFault: self = .password(error)
        case WrappedMasterKeyError.wrongPassword: self = .wrongPassword
        case let error as WrappedMasterKeyError:
            self = .failed(
                "the master key cannot be read: \(error)", hint: "waiaas doctor says more; put the data directory back from a backup")
        case let error as StoreError: self = .init(error)
        case let error as HTTPServerError: self = .init(error)
        case AuditFileError.databaseBehind(let signed, let last):
            self = .failed(
                "the database is not the one that was last in use: audit-checkpoints.jsonl has a signature over record \(signed), "
                    + "the database ends with record \(last) or has another in its place",
                hint:
                    "put the newer database back; or, if an older state is meant, restore a backup (waiaas restore), or move audit-checkpoints.jsonl aside and then run "
                    + "waiaas secret rotate --compromised: what was revoked since lives again")
        case let error as CheckpointFileError:
            self = .failed("audit-checkpoints.jsonl: \(error)", hint: "check the disk and the file's permissions")
        case let error as TokenFileFault:
            self = .failed(
                error.description,
                hint: "make one: (umask 077; openssl rand -hex 32 > FILE), owned by the daemon's user; or unset metrics.token_file")
        default: self = .failed("\(error)", hint: nil)
        }
    }

    private init(_ error: StoreError) {
        switch error {
        case .damaged("system_state", let column, let reason) where column.hasPrefix("jwt_secret") || column == "session_ring_epoch":
            self = .failed(
                "the session secret is damaged: \(column): \(reason)",
                hint: "waiaas secret reset makes a fresh one; every session token dies")
        case .damaged(let table, let column, let reason):
            self = .failed(
                "the database is damaged: \(table).\(column): \(reason)",
                hint: "waiaas doctor says more; put the data directory back from a backup")
        case .damagedFile(let reason):
            self = .failed("the database is damaged: \(reason)", hint: "waiaas doctor says more; put the data directory back from a backup")
        case .newerSchema(let found, let known):
            self = .failed(
                "the database was made by a later release (schema \(found), this one knows \(known))",
                hint: "install that release, or restore a backup made before it")
        case .missing(let path): self = .failed("there is no database at \(path)", hint: "run waiaas init first")
        case .diskFull: self = .failed("the disk is full", hint: "make room and try again")
        case .unavailable(let reason), .writingStopped(let reason):
            self = .failed("the database cannot be used: \(reason)", hint: "check the disk and the permissions of the data directory")
        case .sharedStateUnreachable(let reason):
            self = .failed(
                "the shared state cannot be reached: \(reason)", hint: "check that Redis runs and that storage.redis_url leads to it")
        case .shared:
            self = .failed(
                "this data directory shares its state with other daemons, and must not be changed apart from them",
                hint: "ask the running daemon; or waiaas migrate --to sqlite first, while no daemon shares it")
        case .queueFull, .foreignWriter, .ruleBroken, .closed, .overtaken:
            self = .failed("the database cannot be used: \(error)", hint: nil)
        }
    }

    private init(_ error: HTTPServerError) {
        switch error {
        case .addressInUse(let address):
            self = .failed("\(address) is in use by another program", hint: "stop it, or choose another port with --port")
        default: self = .failed("cannot listen: \(error)", hint: nil)
        }
    }
}
