import Glibc

/// A file descriptor with one owner, closed at the end of its life.
struct OwnedDescriptor: ~Copyable, Sendable {
    let number: Int32

    /// Takes a descriptor over.
    init(_ number: Int32) {
        self.number = number
    }

    /// Opens a path; always close-on-exec.
    init(path: String, _ flags: Int32, mode: mode_t = 0o600) throws(SystemFault) {
        number = try retrying { open(path, flags | O_CLOEXEC, mode) }
    }

    deinit { close(number) }

    /// What the descriptor points to.
    func status() throws(SystemFault) -> FileStatus {
        var status = stat()
        try retrying { fstat(number, &status) }
        return FileStatus(status)
    }

    /// Writes all bytes, at the descriptor's position.
    func write(_ bytes: RawSpan) throws(SystemFault) {
        var offset = 0
        while offset < bytes.byteCount {
            let rest = bytes.extracting(offset..<bytes.byteCount)
            offset += try retrying { rest.withUnsafeBytes { Glibc.write(number, $0.baseAddress, $0.count) } }
        }
    }

    /// Flushes what was written to the disk.
    func synchronise() throws(SystemFault) {
        try retrying { fsync(number) }
    }
}
