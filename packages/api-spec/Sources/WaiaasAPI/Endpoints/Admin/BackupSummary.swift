public import WaiaasCore

/// A backup as its file shows it.
public struct BackupSummary: Message {
    /// The file's name in the folder `backups`.
    public let name: String
    /// Its size in bytes.
    public let sizeBytes: Int64
    /// When it was made; nil if that cannot be read.
    public let createdAt: WallTime?
    /// The release that made it; nil if that cannot be read.
    public let version: String?
    /// Why its header cannot be read; nil if it can.
    public let fault: String?

    /// A backup that was made.
    public init(_ file: BackupFile) {
        self.init(BackupListing(path: file.path, bytes: file.bytes, description: .success(file.description)))
    }

    /// A file that has the name of a backup.
    public init(_ listing: BackupListing) {
        name = listing.name
        sizeBytes = listing.bytes
        switch listing.description {
        case .success(let description): (createdAt, version, fault) = (description.createdAt, description.productVersion, nil)
        case .failure(let failure): (createdAt, version, fault) = (nil, nil, failure.description)
        }
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "A backup as its file shows it.",
        [
            Field("name", \.name, "The file's name in the folder `backups` of the data directory."),
            Field("sizeBytes", \.sizeBytes, "Its size in bytes."),
            .optional("createdAt", \.createdAt, "When it was made; absent if that cannot be read."),
            .optional("version", \.version, "The release that made it; absent if that cannot be read."),
            .optional("fault", \.fault, "Why its header cannot be read; absent if it can."),
        ])
    /// A backup.
    public static let example = BackupSummary(
        BackupListing(
            path: "waiaas-20261121T101530.000Z.waiaas-backup", bytes: 412_345,
            description: .success(
                BackupDescription(
                    createdAt: Sample.time, productVersion: "0.1.0", schemaVersion: 1, instanceID: InstanceID(high: 0, low: 0),
                    auditKid: Sample.kid, contentBytes: 0))))

    /// Reads a backup.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        name = try object.required("name")
        sizeBytes = try object.required("sizeBytes")
        createdAt = try object.optional("createdAt")
        version = try object.optional("version")
        fault = try object.optional("fault")
    }
}
