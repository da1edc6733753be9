import Glibc

/// Reads a file of event keys; the system's calls are here and nowhere else in this module.
enum EventKeyFile {
    /// What tells one state of a file from the next: device, inode, size, and the times of its contents and its entry.
    static func stamp(of path: String) throws(EventKeyFault) -> String {
        var status = Glibc.stat()
        guard fstatat(AT_FDCWD, path, &status, 0) == 0 else { throw lastFault(path) }
        return "\(status.st_dev) \(status.st_ino) \(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
            + " \(status.st_ctim.tv_sec).\(status.st_ctim.tv_nsec)"
    }

    /// The bytes of a plain file.
    static func read(_ path: String, limit: Int) throws(EventKeyFault) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else { throw lastFault(path) }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: limit + 1)
        var count = 0
        while count < bytes.count {
            let more = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress.map { $0 + count }, $0.count - count) }
            if more == 0 { break }
            if more < 0 {
                if errno == EINTR { continue }
                throw lastFault(path)
            }
            count += more
        }
        guard count <= limit else { throw .invalid("\(path) is larger than \(limit) bytes") }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    private static func lastFault(_ path: String) -> EventKeyFault {
        // strerror gives static storage, copied at once.
        .unreadable("\(path): \(String(cString: strerror(errno)))")
    }
}
