import Glibc
import WaiaasCore

/// What both the holder and a probe do with the file `daemon.lock`.
enum LockFile {
    /// Opens the file if it is plain and ours.
    ///
    /// - Parameter flags: besides `O_CLOEXEC|O_NOFOLLOW`. With `O_CREAT` the file has mode 0600.
    static func open(_ path: String, _ flags: Int32) throws(InstanceLockError) -> OwnedDescriptor {
        let file: OwnedDescriptor
        do throws(SystemFault) {
            // Without O_NONBLOCK a FIFO in the file's place would hang a read-only open.
            file = try OwnedDescriptor(path: path, flags | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)
        } catch {
            switch error.number {
            case ELOOP: throw .unsafe(path: path, reason: "it is a symbolic link")
            case EISDIR, ENXIO: throw .unsafe(path: path, reason: "it is not a plain file")
            default: throw .system(path: path, reason: error.reason)
            }
        }
        let status: FileStatus
        do throws(SystemFault) {
            status = try file.status()
        } catch {
            throw .system(path: path, reason: error.reason)
        }
        guard status.kind == .file else { throw .unsafe(path: path, reason: "it is not a plain file") }
        guard status.owner == geteuid() else { throw .foreign(path: path, owner: status.owner, user: geteuid()) }
        return file
    }

    /// Tries to lock; false if another open file holds it.
    ///
    /// - Parameter operation: `LOCK_EX` or `LOCK_SH`.
    static func tryLock(_ file: borrowing OwnedDescriptor, _ operation: Int32, _ path: String) throws(InstanceLockError) -> Bool {
        let number = file.number
        do throws(SystemFault) {
            try retrying { flock(number, operation | LOCK_NB) }
            return true
        } catch {
            if error.number == EWOULDBLOCK { return false }
            throw .system(path: path, reason: error.reason)
        }
    }

    /// Unlocks before the close: a child that another thread is just spawning has a copy of every descriptor until its exec, and the
    /// close alone would leave the lock with that copy.
    static func unlock(_ file: borrowing OwnedDescriptor) {
        flock(file.number, LOCK_UN)
    }

    /// Who the file says holds it.
    static func holder(in file: borrowing OwnedDescriptor) -> InstanceHolder? {
        var bytes = [UInt8](repeating: 0, count: InstanceHolder.maximumTextLength)
        let number = file.number
        guard let count = try? retrying({ bytes.withUnsafeMutableBytes { pread(number, $0.baseAddress, $0.count, 0) } }) else { return nil }
        return InstanceHolder(text: bytes.prefix(count))
    }

    /// Whether the path still leads to the open file: somebody may have deleted or replaced it.
    static func isSame(_ file: borrowing OwnedDescriptor, _ path: String) -> Bool {
        guard let mine = try? file.status(), let there = try? FileStatus.of(path: path) else { return false }
        return mine.identity == there.identity
    }
}
