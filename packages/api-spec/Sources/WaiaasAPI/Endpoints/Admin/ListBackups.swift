/// `GET /v1/admin/backups`: lists the backups in the data directory.
public enum ListBackups: Operation {
    /// The answer.
    public typealias Output = BackupList
    /// The contract.
    public static let endpoint = describe(
        .get, "/v1/admin/backups", area: .admin, authentication: .operator, problems: [], summary: "List the backups",
        text:
            "What each file in the folder `backups` says of itself, oldest first. Only a restore or `waiaas backup verify` reads all of it."
    )
}

/// The backups in a data directory.
public struct BackupList: Message {
    /// The most that are listed.
    public static let most = 10_000

    /// The backups, oldest first.
    public let backups: [BackupSummary]

    /// A list; of more than the most, the newest.
    public init(backups: [BackupSummary]) {
        self.backups = Array(backups.suffix(Self.most))
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "The backups in a data directory.",
        [Field("backups", \.backups, "The backups, oldest first.", schema: .array(of: BackupSummary.schema, count: 0...most))])
    /// One backup.
    public static let example = BackupList(backups: [.example])

    /// Reads a list.
    public init(reading object: ObjectReader) throws(UnreadableField) { backups = try object.required("backups") }
}
