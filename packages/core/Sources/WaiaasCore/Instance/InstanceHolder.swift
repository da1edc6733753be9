/// Who holds a data directory, as written into `daemon.lock` and `daemon.pid`.
///
/// It informs people and tells `status` where to ask; the lock itself, never this text, says whether someone holds it.
public struct InstanceHolder: Hashable, Sendable {
    /// The process id in its own PID namespace.
    public let pid: Int32
    /// When it started; nil if the file does not say.
    public let startedAt: WallTime?
    /// Which run it is; nil if the file does not say.
    public let instanceID: InstanceID?
    /// Where it listens, `host:port`; nil until it does.
    public let address: String?

    /// A holder from its parts.
    public init(pid: Int32, startedAt: WallTime?, instanceID: InstanceID?, address: String? = nil) {
        self.pid = pid
        self.startedAt = startedAt
        self.instanceID = instanceID
        self.address = address
    }

    /// The same holder, now listening.
    public func listening(at address: String) -> InstanceHolder {
        InstanceHolder(pid: pid, startedAt: startedAt, instanceID: instanceID, address: address)
    }
}
