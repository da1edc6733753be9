import Glibc
public import WaiaasCore

/// Puts new files into the place of a data directory's old ones, all or none, whenever the power fails.
///
/// The new files are prepared in `restore.new`. Renaming that folder to `restore.ready` is the moment that counts: before it the old
/// files are in force, after it the new ones, and ``finish(at:)`` moves them one by one, from wherever it was cut short. Works under the
/// instance lock.
public struct RestoreStage: Sendable {
    /// The files that are replaced, and what SQLite keeps beside its database.
    private static let files: [(name: String, companions: [String])] = [
        ("waiaas.db", ["waiaas.db-wal", "waiaas.db-shm", "waiaas.db-journal"]), ("config.toml", []), ("audit-checkpoints.jsonl", []),
    ]

    private let directory: DataDirectory

    /// The stage of a data directory.
    public init(of directory: DataDirectory) {
        self.directory = directory
    }

    /// Where the new files are prepared: a data directory of its own, while it lasts.
    public var preparing: DataDirectory { DataDirectory(path: directory.path + "/restore.new") }
    private var ready: String { directory.path + "/restore.ready" }
    private var aside: String { ready + "/before" }

    /// Whether a decided restore waits for its end.
    ///
    /// - Throws: if something stands in its place that is no folder of ours: what others put there must not move our files, or theirs.
    public func isDecided() throws(DataDirectoryError) -> Bool { try Folder.isOurs(ready) }

    /// Makes the empty folder ``preparing``; what an attempt before has left is removed.
    public func prepare() throws(DataDirectoryError) {
        try Folder.remove(preparing.path)
        try Folder.make(preparing.path)
    }

    /// Throws the new files away.
    public func discard() throws(DataDirectoryError) { try Folder.remove(preparing.path) }

    /// Decides for the new files, which must be durable by now; from here on there is no way back.
    ///
    /// - Throws: also if the database was not closed to its end: what stands in a write-ahead log beside it would be lost.
    public func decide() throws(DataDirectoryError) {
        for name in Self.files.flatMap(\.companions) {
            let path = "\(preparing.path)/\(name)"
            guard try PlainFile.exists(path), try PlainFile(reading: path).size() > 0 else { continue }
            throw .unsafe(path: path, reason: "the database beside it was not closed")
        }
        try synchronise(preparing.path)
        try rename(preparing.path, to: ready)
        try synchronise(directory.path)
    }

    /// Moves the old files aside and the new ones into their place.
    ///
    /// - Parameter time: names the folder that the old ones are kept in.
    /// - Returns: the path of that folder; nil if there was nothing to keep.
    public func finish(at time: WallTime) throws(DataDirectoryError) -> String? {
        if try !Folder.isOurs(aside) { try Folder.make(aside) }
        for (name, companions) in Self.files where try PlainFile.exists("\(ready)/\(name)") {
            for old in companions + [name] where try PlainFile.exists("\(directory.path)/\(old)") {
                try rename("\(directory.path)/\(old)", to: "\(aside)/\(old)")
            }
            // An old write-ahead log must never be seen beside a new database, so its move is durable first.
            try synchronise(aside)
            try synchronise(directory.path)
            try rename("\(ready)/\(name)", to: "\(directory.path)/\(name)")
        }
        try synchronise(ready)
        try synchronise(directory.path)
        let kept = try keep(at: time)
        try Folder.remove(ready)
        try synchronise(directory.path)
        return kept
    }

    private func keep(at time: WallTime) throws(DataDirectoryError) -> String? {
        guard try !Folder.names(in: aside).isEmpty else { return nil }
        let kept = "\(directory.path)/before-restore-\(time.fileName)"
        try rename(aside, to: kept)
        try synchronise(directory.path)
        return kept
    }

    private func rename(_ path: String, to target: String) throws(DataDirectoryError) {
        do throws(SystemFault) {
            try retrying { Glibc.rename(path, target) }
        } catch {
            throw .init(error, at: path)
        }
    }

    private func synchronise(_ folder: String) throws(DataDirectoryError) {
        do throws(SystemFault) {
            try OwnedDescriptor(path: folder, O_RDONLY | O_DIRECTORY).synchronise()
        } catch {
            throw .init(error, at: folder)
        }
    }
}
