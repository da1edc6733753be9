extension DataDirectory {
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
}
