import Glibc

/// A file that is written beside its final name and renamed over it: who looks sees the old one or the whole new one.
///
/// Owns its descriptor; exactly one of ``publish()`` and ``abandon()`` ends it.
struct SystemFile: ConsoleFile {
    private let path: String
    private let temporary: String
    private let descriptor: Int32

    /// Begins the file. Something at the path that is no plain file (a terminal, a directory, a link) is not replaced.
    init(_ path: String) throws(ConsoleFault) {
        self.path = path
        temporary = "\(path).\(getpid()).new"
        var status = stat()
        if unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            throw .unwritableFile(path: path, reason: "it is there and is no plain file")
        }
        descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .unwritableFile(path: path, reason: SystemConsole.lastReason) }
    }

    func append(_ bytes: [UInt8]) throws(ConsoleFault) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes[written...].withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                written += count
            } else if errno != EINTR {
                throw .unwritableFile(path: path, reason: SystemConsole.lastReason)
            }
        }
    }

    func publish() throws(ConsoleFault) {
        guard fsync(descriptor) == 0, unsafe rename(temporary, path) == 0 else {
            let reason = SystemConsole.lastReason
            abandon()
            throw .unwritableFile(path: path, reason: reason)
        }
        close(descriptor)
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let directory = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw .unwritableFile(path: path, reason: SystemConsole.lastReason) }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw .unwritableFile(path: path, reason: SystemConsole.lastReason) }
    }

    func abandon() {
        close(descriptor)
        unsafe unlink(temporary)
    }
}
