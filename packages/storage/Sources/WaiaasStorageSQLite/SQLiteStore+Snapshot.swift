import WaiaasCore

extension SQLiteStore {
    /// The last migration that this release knows, and that every open database has seen.
    public static var schemaVersion: Int { Schema(migrations: Migration.all).known }

    /// Writes a copy of the database as it is at one moment, complete and on the disk when this returns.
    ///
    /// It is read on a connection and a thread of its own, in one read transaction: changes go on meanwhile, and the write-ahead log
    /// grows by what they write until the copy is made. What was deleted is not in the copy.
    ///
    /// - Parameters:
    ///   - folder: where to; it must exist.
    ///   - name: the file's name; a file of that name is replaced.
    public func snapshot(to folder: String, name: String) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            let thread = SystemThread.start { [path] in
                continuation.resume(
                    with: Result {
                        let connection = try Connection(path: path)
                        try connection.applyCommonSettings()
                        _ = try SafetyCopy.make(of: connection, in: folder, name: name)
                    })
            }
            if thread == nil { continuation.resume(throwing: StoreError.unavailable("copy the database: the system has no thread left")) }
        }
    }
}
