import Glibc
public import WaiaasCore

/// The file `daemon.pid`: tells people and scripts the PID of the daemon that listens. It decides nothing.
public struct ProcessIdentityFile: Sendable {
    private let path: String

    /// The file at a path.
    public init(path: String) {
        self.path = path
    }

    /// Writes who listens, the PID on the first line.
    public func write(_ holder: InstanceHolder) throws(DataDirectoryError) {
        try AtomicFile.write(Array(holder.text.utf8).span.bytes, to: path)
    }

    /// What the file says; nil if it is not there or says nothing.
    public func read() throws(DataDirectoryError) -> InstanceHolder? {
        do throws(SystemFault) {
            if try FileStatus.of(path: path) == nil { return nil }
        } catch {
            throw .system(path: path, reason: error.reason)
        }
        return InstanceHolder(text: try BoundedFile.read(path, limit: InstanceHolder.maximumTextLength))
    }

    /// Deletes the file if it is still that of the given run: a successor may have written its own.
    ///
    /// - Returns: whether it was deleted.
    @discardableResult
    public func remove(ifOf run: InstanceID) throws(DataDirectoryError) -> Bool {
        guard try read()?.instanceID == run else { return false }
        guard unlink(path) == 0 else { throw .system(path: path, reason: SystemFault.last.reason) }
        return true
    }
}
