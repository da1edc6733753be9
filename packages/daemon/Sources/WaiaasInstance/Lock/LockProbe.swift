import Glibc
public import WaiaasCore

/// Finds out whether somebody holds a data directory, without making the lock file and without keeping the lock.
public enum LockProbe {
    /// Tries the lock of a path.
    ///
    /// It asks for a shared lock: two probes never see each other. A start that happens in the instant of a probe waits it out
    /// (``InstanceLockTiming/probeGrace``).
    public static func probe(_ path: String) throws(InstanceLockError) -> LockProbeResult {
        do throws(SystemFault) {
            if try FileStatus.of(path: path) == nil { return .absent }
        } catch {
            throw .system(path: path, reason: error.reason)
        }
        let file = try LockFile.open(path, O_RDONLY)
        guard try LockFile.tryLock(file, LOCK_SH, path) else { return .held(LockFile.holder(in: file)) }
        LockFile.unlock(file)
        return .free
    }
}
