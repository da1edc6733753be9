import Glibc
public import WaiaasCore

extension DataDirectory {
    /// Removes the database with all that SQLite keeps beside it, and the checkpoints: what an `init` has left that was cut short.
    ///
    /// The database goes first: what lay beside it is nothing without it, and another `init` begins again wherever this one is cut short.
    public func removeDatabase() throws(DataDirectoryError) {
        for file in [database, database + "-wal", database + "-shm", database + "-journal", auditCheckpoints] {
            if unlink(file) == 0 { continue }
            let fault = SystemFault.last
            guard fault.number == ENOENT else { throw .init(fault, at: file) }
        }
    }

    /// Which file the database is: device and inode. It changes when another file is put in its place.
    public struct DatabaseIdentity: Hashable, Sendable {
        private let identity: FileStatus.Identity

        init(_ identity: FileStatus.Identity) {
            self.identity = identity
        }
    }

    /// The database file that lies there now; nil if there is none or it cannot be looked at.
    public func databaseIdentity() -> DatabaseIdentity? {
        guard case .some(.some(let status)) = try? FileStatus.of(path: database) else { return nil }
        return DatabaseIdentity(status.identity)
    }

    /// How large the database is with its log, in bytes; 0 if it cannot be looked at.
    public func databaseSize() -> UInt64 {
        [database, database + "-wal"].reduce(0) { sum, path in
            guard case .some(.some(let status)) = try? FileStatus.of(path: path) else { return sum }
            return sum + UInt64(clamping: status.size)
        }
    }
}
