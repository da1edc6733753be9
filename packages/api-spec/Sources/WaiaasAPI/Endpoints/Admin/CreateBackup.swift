import WaiaasCore

/// `POST /v1/admin/backups`: makes a backup in the data directory.
public enum CreateBackup: Operation {
    /// The answer.
    public typealias Output = BackupSummary
    /// The contract.
    public static let endpoint = describe(
        .post, "/v1/admin/backups", area: .admin, authentication: .operator, status: 201, problems: [.backupRunning, .backupFailed],
        changes: true, summary: "Make a backup",
        text: """
            Writes one sealed file into the folder `backups` of the data directory while everything goes on, and answers when it is durable. \
            It opens with the master password of today. One is made at a time; a large database takes a while.
            """)
    /// A database of some gigabytes takes minutes.
    public static let patience = Duration.seconds(3_600)
}
