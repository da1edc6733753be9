public import WaiaasCore

/// Whether a running daemon can do its work.
public enum HealthStatus: String, CaseIterable, TextFieldValue {
    /// Everything works.
    case healthy
    /// Reads work; changes are refused, and the log says why.
    case degraded
}

/// The answer of the health endpoints.
public struct Health: Message {
    /// Whether it can do its work.
    public let status: HealthStatus
    /// The version of the daemon.
    public let version: String
    /// This start of the daemon; another after every start.
    public let instanceId: InstanceID

    /// An answer from its parts.
    public init(status: HealthStatus, version: String = ProductVersion.current, instanceId: InstanceID) {
        self.status = status
        self.version = version
        self.instanceId = instanceId
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "Whether the daemon can do its work, and which one it is.",
        [
            Field("status", \.status, "healthy, or degraded: reads work, changes are refused."),
            Field("version", \.version, "The daemon's version.", schema: .string(.text(1...64))),
            Field("instanceId", \.instanceId, "This start of the daemon; compare it with daemon.lock."),
        ])
    /// A healthy daemon.
    public static let example = Health(status: .healthy, instanceId: Sample.instanceID)

    /// Reads an answer.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        status = try object.required("status")
        version = try object.required("version")
        instanceId = try object.required("instanceId")
    }
}
