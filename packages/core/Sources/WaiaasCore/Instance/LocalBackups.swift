/// The part of ``LocalInstance`` that makes, checks and restores backups (design 2.10).
public protocol LocalBackups: Sendable {
    /// Makes a backup of a data directory that no daemon holds, in its folder `backups`.
    func createBackup(_ request: UnlockRequest) async throws(LocalInstanceError) -> BackupFile

    /// Moves a backup out of the data directory: copies it, makes the copy durable, and removes the original.
    ///
    /// - Parameters:
    ///   - path: the backup.
    ///   - target: where to; nothing may be there.
    func moveBackup(_ path: String, to target: String) async throws(LocalInstanceError)

    /// The files in the folder `backups`, oldest first. Needs no lock and no password.
    func listBackups(of selection: InstanceSelection) async throws(LocalInstanceError) -> [BackupListing]

    /// Restores a backup into a temporary directory, checks it, and issues and verifies a token there. Touches no data directory.
    func verifyBackup(_ file: String, password: any PasswordSource) async throws(LocalInstanceError) -> BackupTrial

    /// Replaces what is in a data directory, or makes one, from a backup; begins a new epoch.
    ///
    /// - Parameters:
    ///   - request: which backup, and where to.
    ///   - confirm: asked once before anything is replaced.
    /// - Returns: nil if the answer was no; then nothing has changed.
    func restore(
        _ request: RestoreRequest, confirm: @Sendable (RestorePreview) -> Bool
    ) async throws(LocalInstanceError) -> RestoreResult?
}
