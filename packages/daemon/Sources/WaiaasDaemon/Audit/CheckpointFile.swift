import Glibc
import WaiaasCore

/// `audit-checkpoints.jsonl`: public keys and checkpoints, appended and synced, so that a copy can be kept elsewhere (design 2.9).
///
/// Wraps a file descriptor; it is open only while a line is being appended.
final class CheckpointFile: Sendable {
    /// No line of ours is longer, in bytes.
    private static let longestLine: off_t = 4_096
    /// How many lines one write and one sync take: a log's file that is begun anew has hundreds of thousands.
    static let linesAtOnce = 512

    private let path: String
    private let queue = WorkQueue(name: "waiaas.checkpoints", places: 64)

    init(path: String) {
        self.path = path
    }

    /// Appends lines where it keeps nobody waiting; durable when it returns.
    ///
    /// - Parameter lines: at most ``linesAtOnce``.
    func appendAside(_ lines: [AuditLine]) async throws {
        try await queue.run { [self] in try append(lines[...]) }
    }

    /// Appends any number of lines on the caller's thread; durable when it returns.
    func append(_ lines: [AuditLine]) throws(CheckpointFileError) {
        var rest = lines[...]
        while !rest.isEmpty {
            try append(rest.prefix(Self.linesAtOnce))
            rest = rest.dropFirst(Self.linesAtOnce)
        }
    }

    private func append(_ lines: ArraySlice<AuditLine>) throws(CheckpointFileError) {
        let descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .system(path: path, errno: errno) }
        defer { close(descriptor) }
        let end = try dropTornLine(of: descriptor)
        let bytes = lines.flatMap(\.bytes)
        // One write: the kernel appends it whole or, on a full disk, in part; the next line takes the place of a line that was cut, and
        // one that stands there twice is no fault.
        let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard written == bytes.count else { throw .system(path: path, errno: written < 0 ? errno : ENOSPC) }
        guard fdatasync(descriptor) == 0 else {
            let code = errno
            // It was not promised, and will be appended again: if it cannot be taken back it stands there twice, which is no fault.
            _ = ftruncate(descriptor, end)
            throw .system(path: path, errno: code)
        }
    }

    /// Moves it aside where its checkpoints may no longer fit the database; whoever keeps copies can compare. The next line begins another.
    func setAside(at time: WallTime) {
        // Where it cannot be moved the next start names what does not fit.
        rename(path, "\(path).before-merge-\(time.milliseconds)")
    }

    /// Removes what a write that was cut short has left at the end: the line was never promised, and the next must not continue it.
    ///
    /// - Returns: where the next line begins.
    private func dropTornLine(of descriptor: Int32) throws(CheckpointFileError) -> off_t {
        let size = lseek(descriptor, 0, SEEK_END)
        guard size >= 0 else { throw .system(path: path, errno: errno) }
        var tail = [UInt8](repeating: 0, count: Int(min(size, Self.longestLine)))
        let read = tail.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, size - off_t($0.count)) }
        guard read == tail.count else { throw .system(path: path, errno: read < 0 ? errno : EIO) }
        let torn = tail.reversed().prefix { $0 != UInt8(ascii: "\n") }.count
        guard torn > 0 else { return size }
        guard torn < Self.longestLine else { throw .notOurs(path: path) }
        guard ftruncate(descriptor, size - off_t(torn)) == 0 else { throw .system(path: path, errno: errno) }
        return size - off_t(torn)
    }
}

/// Why a line could not be appended.
enum CheckpointFileError: Error, Equatable {
    /// The system refused.
    case system(path: String, errno: Int32)
    /// What stands at the end of the file is no line that was cut short.
    case notOurs(path: String)
}
