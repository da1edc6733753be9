import Glibc
public import WaiaasCore
import WaiaasCrypto

/// A file that several programs may replace: each compares before it writes, and they take turns by a lock beside the file.
public enum ComparedFile {
    /// The bytes of a file; nil if there is none. A symbolic link is refused.
    ///
    /// - Parameter limit: the most bytes it may have.
    public static func read(_ path: String, limit: Int) throws(DataDirectoryError) -> [UInt8]? {
        do throws(SystemFault) {
            guard try FileStatus.of(path: path) != nil else { return nil }
        } catch {
            throw .init(error, at: path)
        }
        return try BoundedFile.read(path, limit: limit)
    }

    /// Replaces a file atomically if it still is what was seen.
    ///
    /// - Parameters:
    ///   - path: the file; made if it is not there.
    ///   - bytes: what it shall hold.
    ///   - mode: its mode.
    ///   - limit: the most bytes that are read of what is there.
    ///   - isUnchanged: asked with what is there now, nil for nothing.
    /// - Returns: whether it was written; false if somebody else has changed it, or is about to.
    public static func replace(
        _ path: String, with bytes: RawSpan, mode: UInt32, limit: Int, if isUnchanged: ([UInt8]?) -> Bool
    ) throws(DataDirectoryError) -> Bool {
        let lock: OwnedDescriptor
        do throws(SystemFault) {
            lock = try OwnedDescriptor(path: path + ".lock", O_RDWR | O_CREAT | O_NOFOLLOW)
        } catch {
            throw .init(error, at: path + ".lock")
        }
        // Closing the descriptor gives the lock back; the system does so if we are killed.
        guard flock(lock.number, LOCK_EX | LOCK_NB) == 0 else { return false }
        var present = try read(path, limit: limit)
        defer { present?.wipe() }
        guard isUnchanged(present) else { return false }
        try AtomicFile.write(bytes, to: path, mode: mode)
        return true
    }
}
