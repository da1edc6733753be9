public import WaiaasCore

/// The process.
public struct DaemonStatus: Message {
    /// The daemon's version.
    public let version: String
    /// Its process id.
    public let pid: Int64
    /// This start of the daemon.
    public let instanceId: InstanceID
    /// How long it has run, in seconds.
    public let uptimeSeconds: Int64
    /// When it started.
    public let startedAt: WallTime
    /// Where it listens: host and port.
    public let address: String

    /// A report from its parts.
    public init(version: String, pid: Int64, instanceId: InstanceID, uptimeSeconds: Int64, startedAt: WallTime, address: String) {
        self.version = version
        self.pid = pid
        self.instanceId = instanceId
        self.uptimeSeconds = uptimeSeconds
        self.startedAt = startedAt
        self.address = address
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "The process.",
        [
            Field("version", \.version, "The daemon's version.", schema: .string(.text(1...64))),
            Field("pid", \.pid, "Its process id."),
            Field("instanceId", \.instanceId, "This start of the daemon."),
            Field("uptimeSeconds", \.uptimeSeconds, "How long it has run, in seconds."),
            Field("startedAt", \.startedAt, "When it started."),
            Field("address", \.address, "Where it listens: host and port.", schema: .string(.text(1...300))),
        ])
    /// A running daemon.
    public static let example = DaemonStatus(
        version: ProductVersion.current, pid: 4_711, instanceId: Sample.instanceID, uptimeSeconds: 300, startedAt: Sample.time,
        address: "127.0.0.1:3100")

    /// Reads a report.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        version = try object.required("version")
        pid = try object.required("pid")
        instanceId = try object.required("instanceId")
        uptimeSeconds = try object.required("uptimeSeconds")
        startedAt = try object.required("startedAt")
        address = try object.required("address")
    }
}
