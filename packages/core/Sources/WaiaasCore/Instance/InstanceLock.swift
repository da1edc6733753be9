/// The right to be the only one who writes in a data directory. Held for life: by a daemon, or by an offline command.
public protocol InstanceLock: Sendable {
    /// Writes down where the holder listens, so that others find it.
    ///
    /// - Parameter address: `host:port` as bound.
    func recordAddress(_ address: String) throws(InstanceLockError)

    /// Whether this process is still the one holder. False once the lock was replaced under it: then it must stop writing at once.
    func stillHeld() -> Bool

    /// Gives the right up. Does nothing the second time.
    func release()
}

/// A way to become the one holder.
public protocol InstanceLocking: Sendable {
    /// Takes the lock.
    ///
    /// - Parameters:
    ///   - holder: who asks; written down for others to read.
    ///   - patience: how long to wait for another holder to go. Never less than ``InstanceLockTiming/probeGrace``.
    func acquire(for holder: InstanceHolder, patience: Duration) throws(InstanceLockError) -> any InstanceLock
}

/// How long the lock is tried.
public enum InstanceLockTiming {
    /// A refused start tries this long before it believes it, since a `status` probe holds the lock for an instant.
    public static let probeGrace = Duration.milliseconds(250)
    /// The pause between two tries.
    public static let pause = Duration.milliseconds(10)
}

/// Why the lock was not taken.
public enum InstanceLockError: Error, Hashable, Sendable {
    /// Another process holds it; nil when it has not written down who it is.
    case held(by: InstanceHolder?)
    /// The lock file was replaced again and again while it was being taken.
    case unstable(path: String)
    /// The path of the lock is something else than a plain file: a symbolic link, a directory.
    case unsafe(path: String, reason: String)
    /// The lock file belongs to another user than the one who asks.
    case foreign(path: String, owner: UInt32, user: UInt32)
    /// The system refused.
    case system(path: String, reason: String)
}

extension InstanceLockError: CustomStringConvertible {
    /// The error as one line for a person.
    public var description: String {
        switch self {
        case .held(let holder): "already running" + (holder.map { ": \($0)" } ?? "")
        case .unstable(let path): "\(path) is being replaced while it is locked"
        case .unsafe(let path, let reason): "\(path) is not safe to use: \(reason)"
        case .foreign(let path, let owner, let user): "\(path) is not safe to use: it belongs to user \(owner), not to \(user)"
        case .system(let path, let reason): "\(path) cannot be locked: \(reason)"
        }
    }
}
