import Glibc
import WaiaasCore

/// `audit-checkpoints.jsonl`: public keys and checkpoints, appended and synced, so that a copy can be kept elsewhere (design 2.9).
///
/// Wraps a file descriptor; it is open only while a line is being appended.
final class CheckpointFile: Sendable {
    private let path: String
    private let queue = WorkQueue(name: "waiaas.checkpoints", places: 64)

    init(path: String) {
        self.path = path
    }

    /// Appends a checkpoint; durable when it returns.
    func append(_ checkpoint: AuditCheckpoint) async throws {
        try await queue.run { [self] in try append(.checkpoint(checkpoint)) }
    }

    /// Appends a line on the caller's thread; durable when it returns.
    func append(_ line: CheckpointLine) throws(CheckpointFileError) {
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .system(path: path, errno: errno) }
        defer { close(descriptor) }
        let bytes = line.bytes
        // One write: the kernel appends it whole or, on a full disk, in part; a part is found as an unreadable line.
        let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard written == bytes.count, fdatasync(descriptor) == 0 else { throw .system(path: path, errno: written < 0 ? errno : ENOSPC) }
    }
}

/// Why a line could not be appended.
enum CheckpointFileError: Error, Equatable {
    /// The system refused.
    case system(path: String, errno: Int32)
}
