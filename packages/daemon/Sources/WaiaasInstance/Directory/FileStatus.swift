import Glibc

/// What the system knows of a file, as far as this module asks.
struct FileStatus: Hashable {
    enum Kind: Hashable {
        case file, directory, link, pipe, other
    }

    /// Device and inode: two descriptors with the same identity are the same file.
    struct Identity: Hashable, Sendable {
        let device: UInt64
        let inode: UInt64
    }

    let kind: Kind
    let identity: Identity
    let owner: UInt32
    /// The permission bits alone.
    let permissions: UInt32
    let links: UInt64
    let size: Int64

    init(_ status: stat) {
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .directory
            case S_IFLNK: .link
            case S_IFIFO: .pipe
            default: .other
            }
        identity = Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
        owner = status.st_uid
        permissions = status.st_mode & 0o7777
        links = UInt64(status.st_nlink)
        size = Int64(status.st_size)
    }

    /// Looks at a path without following a symbolic link at its end; nil if nothing is there.
    static func of(path: String) throws(SystemFault) -> FileStatus? {
        var status = stat()
        do {
            try retrying { lstat(path, &status) }
        } catch {
            if error.number == ENOENT { return nil }
            throw error
        }
        return FileStatus(status)
    }
}
