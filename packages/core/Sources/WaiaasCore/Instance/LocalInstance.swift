/// The commands that work on a data directory itself. The daemon implements them; the command line calls them (design 3.2).
///
/// Each command that writes takes the instance lock first and fails with ``LocalInstanceError/lock(_:)`` while a daemon runs.
public protocol LocalInstance: LocalBackups {
    /// Says where the master password would come from, without reading it.
    func passwordSource(for request: PasswordRequest) -> any PasswordSource

    /// Makes the data directory, its configuration and its database.
    func initialise(_ request: InitialiseRequest) async throws(LocalInstanceError) -> InitialiseResult

    /// Runs the daemon.
    ///
    /// - Parameters:
    ///   - request: how.
    ///   - ready: called once, when the daemon answers requests.
    /// - Returns: in the foreground when the daemon has stopped; in the background when it is ready.
    func start(
        _ request: StartRequest, ready: @escaping @Sendable (StartedInstance) -> Void
    ) async throws(LocalInstanceError) -> StartedInstance

    /// Says what the daemon of a data directory is doing. Creates nothing and keeps no lock.
    func status(of selection: InstanceSelection) async throws(LocalInstanceError) -> InstanceStatus

    /// Makes a fresh session secret where the stored one cannot be used; every session token dies.
    func resetSessionSecret(_ request: UnlockRequest) async throws(LocalInstanceError) -> SessionSecretReset

    /// Shares what a data directory holds through Redis, or makes it stand alone again, while no daemon runs on it. It keeps everything.
    func migrate(_ request: UnlockRequest, to backend: StorageBackend) async throws(LocalInstanceError) -> MigrateResult

    /// Replaces the master password.
    func changePassword(_ request: ChangePasswordRequest) async throws(LocalInstanceError)

    /// Checks the audit log of a data directory that no daemon holds, with the checkpoints of its database and of its own file.
    ///
    /// - Parameters:
    ///   - request: which, and the password if the MACs of unsigned records are to be checked as well.
    ///   - evidence: what the caller knows from elsewhere; the copy's keys and checkpoints count beside the directory's.
    ///   - progress: told now and then how many records were checked, and how many there are.
    func verifyAudit(
        _ request: UnlockRequest, against evidence: AuditEvidence, progress: @escaping @Sendable (Int64, Int64) -> Void
    ) async throws(LocalInstanceError) -> AuditVerdict

    /// Reads the audit log of a data directory that no daemon holds, under its lock, batch by batch. Needs no password.
    ///
    /// - Parameters:
    ///   - selection: which directory.
    ///   - sequence: only records after this one.
    ///   - body: takes each batch, and says whether to go on.
    /// - Returns: what is wrong with the database itself; a record that cannot be read ends the reading and is among it.
    func readAudit(
        _ selection: InstanceSelection, after sequence: Int64, _ body: (AuditBatch) -> Bool
    ) async throws(LocalInstanceError) -> [AuditFault]

    /// Checks an export with public keys alone: no daemon, no data directory, no password.
    ///
    /// - Parameters:
    ///   - source: which file, and where it must begin.
    ///   - evidence: what the caller knows from elsewhere.
    ///   - progress: told now and then how many records were checked.
    func verifyAuditExport(
        _ source: AuditExportSource, against evidence: AuditEvidence, progress: (Int64) -> Void
    ) async throws(LocalInstanceError) -> AuditExportVerdict

    /// Reads the public keys and the checkpoints of a file; an absent one of a data directory is empty. Needs no lock, no password.
    func readAuditCheckpoints(_ source: AuditCheckpointSource) async throws(LocalInstanceError) -> AuditCheckpointFile

    /// What checking a chain with public keys alone takes: the command line checks what a running daemon sends it.
    var auditCryptography: AuditCryptography { get }

    /// Looks at a data directory, its daemon and the machine, and says what is wrong. Changes nothing; a daemon may run.
    ///
    /// - Parameter progress: told now and then what is being looked at.
    func diagnose(
        _ request: DoctorRequest, progress: @escaping @Sendable (String) -> Void
    ) async throws(LocalInstanceError) -> DoctorReport

    /// The libraries that this program runs with, by name, and the version that each reports of itself.
    var libraries: [(name: String, version: String)] { get }

    /// Reads the configuration as a start would, and changes nothing.
    ///
    /// - Throws: ``LocalInstanceError/configuration(_:)`` with every fault.
    func readConfiguration(_ request: ConfigurationRequest) async throws(LocalInstanceError) -> ConfigurationReport
}
