import Glibc
public import WaiaasCore

/// Finds out whether the instance lock of a path keeps anybody out.
public enum LockTrial {
    /// Tries the lock twice, from two open files: where `flock` works, the first keeps the second out. Makes no file, and lets go at once; a
    /// start in that instant waits it out (``InstanceLockTiming/probeGrace``).
    public static func run(_ path: String) -> LockFacts.Trial {
        do throws(InstanceLockError) {
            switch try LockProbe.probe(path) {
            case .absent: return .absent
            case .held: return .held
            case .free: break
            }
            let first = try LockFile.open(path, O_RDONLY)
            guard try LockFile.tryLock(first, LOCK_EX, path) else { return .held }
            defer { LockFile.unlock(first) }
            let second = try LockFile.open(path, O_RDONLY)
            guard try LockFile.tryLock(second, LOCK_EX, path) else { return .free }
            LockFile.unlock(second)
            return .withoutEffect
        } catch {
            return .unusable(reason: error.description)
        }
    }
}
