import Glibc
import WaiaasCore

/// The copy of the database that is made before its schema changes.
enum SafetyCopy {
    /// Writes a copy that is complete and on the disk when this returns. The file is readable by its owner only.
    ///
    /// - Parameters:
    ///   - folder: where to; it must exist.
    ///   - name: the file's name; a file of that name that is left over from an attempt before is replaced.
    /// - Returns: the copy's path.
    static func make(of connection: Connection, in folder: String, name: String) throws(StoreError) -> String {
        let path = "\(folder)/\(name)"
        // SQLite would make the file readable for others; into one that is there and empty it writes as well.
        let file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw .unavailable("make \(path): \(String(cString: strerror(errno)))") }
        defer { close(file) }
        try connection.run("VACUUM INTO ?", path)
        guard fsync(file) == 0 else { throw .unavailable("sync \(path): \(String(cString: strerror(errno)))") }
        let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw .unavailable("open \(folder): \(String(cString: strerror(errno)))") }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw .unavailable("sync \(folder): \(String(cString: strerror(errno)))") }
        return path
    }
}
