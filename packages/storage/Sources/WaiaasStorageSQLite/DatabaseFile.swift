import Glibc
import WaiaasCore

/// What is done to the database's files outside SQLite. The file is never opened while a connection is: closing it would drop SQLite's
/// locks.
enum DatabaseFile {
    /// Makes an empty file that only its owner may read; one that is there already stays as it is.
    static func make(_ path: String) throws(StoreError) {
        let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        if file >= 0 {
            close(file)
            return
        }
        guard errno == EEXIST else { throw .unavailable("make \(path): \(String(cString: strerror(errno)))") }
    }

    /// Checks that there is a file, and that it is one.
    static func check(_ path: String) throws(StoreError) {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            throw errno == ENOENT ? .missing(path: path) : .unavailable("look at \(path): \(String(cString: strerror(errno)))")
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .damagedFile("\(path) is not a regular file") }
    }

    /// A file's length in bytes; 0 if there is none.
    static func size(_ path: String) throws(StoreError) -> Int64 {
        var status = stat()
        if stat(path, &status) == 0 { return Int64(status.st_size) }
        guard errno == ENOENT else { throw .unavailable("look at \(path): \(String(cString: strerror(errno)))") }
        return 0
    }
}
