/// What a backup says of itself openly, without a password.
public struct BackupDescription: Hashable, Sendable {
    /// How the names of backup files end.
    public static let suffix = ".waiaas-backup"

    /// When it was made.
    public let createdAt: WallTime
    /// The release that made it.
    public let productVersion: String
    /// The last migration that its database has seen.
    public let schemaVersion: Int
    /// The run of the daemon, or of the command, that made it.
    public let instanceID: InstanceID
    /// The audit key of its data directory: what tells one installation from another.
    public let auditKid: KeyID
    /// What it unpacks to, in bytes.
    public let contentBytes: Int64

    /// A description from its parts.
    public init(
        createdAt: WallTime, productVersion: String, schemaVersion: Int, instanceID: InstanceID, auditKid: KeyID, contentBytes: Int64
    ) {
        self.createdAt = createdAt
        self.productVersion = productVersion
        self.schemaVersion = schemaVersion
        self.instanceID = instanceID
        self.auditKid = auditKid
        self.contentBytes = contentBytes
    }
}

/// A backup as it lies on a disk.
public struct BackupFile: Hashable, Sendable {
    /// Its path.
    public let path: String
    /// Its size in bytes.
    public let bytes: Int64
    /// What it says of itself.
    public let description: BackupDescription

    /// The last part of its path.
    public var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// A file from its parts.
    public init(path: String, bytes: Int64, description: BackupDescription) {
        self.path = path
        self.bytes = bytes
        self.description = description
    }
}

/// A file that has the name of a backup, whole or not.
public struct BackupListing: Hashable, Sendable {
    /// The last part of its path.
    public let name: String
    /// Its path.
    public let path: String
    /// Its size in bytes.
    public let bytes: Int64
    /// What it says of itself, or why it cannot.
    public let description: Result<BackupDescription, BackupFault>

    /// A listing from its parts.
    public init(path: String, bytes: Int64, description: Result<BackupDescription, BackupFault>) {
        name = path.split(separator: "/").last.map(String.init) ?? path
        self.path = path
        self.bytes = bytes
        self.description = description
    }
}
