import Synchronization
import Testing
import WaiaasCore

/// A data directory made of answers that a test sets, and the list of what was asked of it.
final class FakeLocalInstance: LocalInstance {
    struct State {
        var statuses: [InstanceStatus] = []
        var initialise: Result<InitialiseResult, LocalInstanceError>?
        var start: Result<StartedInstance, LocalInstanceError>?
        var migrated: Result<MigrateResult, LocalInstanceError>?
        var reset: Result<SessionSecretReset, LocalInstanceError>?
        var verdict: Result<AuditVerdict, LocalInstanceError>?
        var diagnosis: Result<DoctorReport, LocalInstanceError>?
        var backup: Result<BackupFile, LocalInstanceError>?
        var listings: [BackupListing] = []
        var trial: Result<BackupTrial, LocalInstanceError>?
        var preview: RestorePreview?
        var restored: Result<RestoreResult, LocalInstanceError>?
        var checkpoints: [AuditCheckpointSource: AuditCheckpointFile] = [:]
        var configuration: Result<ConfigurationReport, LocalInstanceError>?
        var change: Result<Void, LocalInstanceError>?
        var batches: [AuditBatch] = []
        var auditFaults: [AuditFault] = []
        var exportVerdict: Result<AuditExportVerdict, LocalInstanceError>?
        var passwordFault: PasswordFault?
        var userPasswordFault: PasswordFault?
        var passwordWarning: String?
        /// Whether a start reads the password and then takes until something was printed.
        var readsPassword = false
        var calls: [String] = []
    }

    let state = Mutex(State())
    private let startLasts: @Sendable () async -> Void

    /// - Parameter startLasts: returns when a start that reads its password has taken long enough.
    init(startLasts: @escaping @Sendable () async -> Void = {}) {
        self.startLasts = startLasts
    }

    /// What was asked, in order.
    var calls: [String] { state.withLock { $0.calls } }

    private func note(_ call: String) { state.withLock { $0.calls.append(call) } }

    private func answer<Value>(_ name: String, _ result: Result<Value, LocalInstanceError>?) throws(LocalInstanceError) -> Value {
        guard let result else {
            Issue.record("\(name) was called, and the test has no answer for it")
            throw .failed("no answer in the test", hint: nil)
        }
        return try result.get()
    }

    func passwordSource(for request: PasswordRequest) -> any PasswordSource {
        note("password \(request.purpose) \(request.file ?? "-")")
        return state.withLock { state in
            request.purpose == .user
                ? FakePassword(fault: state.userPasswordFault, warning: nil)
                : FakePassword(fault: state.passwordFault, warning: state.passwordWarning)
        }
    }

    func initialise(_ request: InitialiseRequest) async throws(LocalInstanceError) -> InitialiseResult {
        note("initialise \(request.selection.dataDirectory ?? "-")")
        return try answer("initialise", state.withLock { $0.initialise })
    }

    func start(
        _ request: StartRequest, ready: @escaping @Sendable (StartedInstance) -> Void
    ) async throws(LocalInstanceError) -> StartedInstance {
        let flags = request.selection.flags.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        note((["start", "\(request.mode)"] + flags + ["patience=\(request.selection.lockPatience)"]).joined(separator: " "))
        if state.withLock({ $0.readsPassword }) {
            _ = try? request.password.withPassword { $0.byteCount }
            await startLasts()
        }
        let started = try answer("start", state.withLock { $0.start })
        ready(started)
        return started
    }

    /// The statuses in order; the last one stays.
    func status(of selection: InstanceSelection) async throws(LocalInstanceError) -> InstanceStatus {
        let status = state.withLock { $0.statuses.count > 1 ? $0.statuses.removeFirst() : $0.statuses.first }
        guard let status else { throw .directory(.notInitialised(path: selection.dataDirectory ?? "/home/op/.waiaas")) }
        return status
    }

    func migrate(_ request: UnlockRequest, to backend: StorageBackend) async throws(LocalInstanceError) -> MigrateResult {
        note("migrate \(request.selection.dataDirectory ?? "-") \(backend.rawValue)")
        return try answer("migrate", state.withLock { $0.migrated })
    }

    func resetSessionSecret(_ request: UnlockRequest) async throws(LocalInstanceError) -> SessionSecretReset {
        note("reset")
        return try answer("resetSessionSecret", state.withLock { $0.reset })
    }

    func changePassword(_ request: ChangePasswordRequest) async throws(LocalInstanceError) {
        note("change password")
        try answer("changePassword", state.withLock { $0.change })
    }

    func verifyAudit(
        _ request: UnlockRequest, against evidence: AuditEvidence, progress: @escaping @Sendable (Int64, Int64) -> Void
    ) async throws(LocalInstanceError) -> AuditVerdict {
        note("verify \(request.password == nil ? "without" : "with") password, trusting \(evidence.trusted?.text ?? "the first")")
        return try answer("verifyAudit", state.withLock { $0.verdict })
    }

    func readAuditCheckpoints(_ source: AuditCheckpointSource) async throws(LocalInstanceError) -> AuditCheckpointFile {
        state.withLock { $0.checkpoints[source] } ?? .empty
    }

    func diagnose(
        _ request: DoctorRequest, progress: @escaping @Sendable (String) -> Void
    ) async throws(LocalInstanceError) -> DoctorReport {
        let testimony = request.testimony.map { "\($0.version) \($0.hasLockedKeys) \($0.secretAge)" } ?? "none"
        note("diagnose \(request.password == nil ? "without" : "with") password, testimony: \(testimony)")
        return try answer("diagnose", state.withLock { $0.diagnosis })
    }

    var libraries: [(name: String, version: String)] { [("SQLite", "3.40.1"), ("OpenSSL", "3.0.17")] }
    func readAudit(
        _ selection: InstanceSelection, after sequence: Int64, _ body: (AuditBatch) -> Bool
    ) async throws(LocalInstanceError) -> [AuditFault] {
        note("read audit after \(sequence)")
        let (batches, faults) = state.withLock { ($0.batches, $0.auditFaults) }
        for batch in batches where !body(batch) { break }
        return faults
    }

    func verifyAuditExport(
        _ source: AuditExportSource, against evidence: AuditEvidence, progress: (Int64) -> Void
    ) async throws(LocalInstanceError) -> AuditExportVerdict {
        note("verify \(source.path) from \(source.first), trusting \(evidence.trusted?.text ?? "the first")")
        return try answer("verifyAuditExport", state.withLock { $0.exportVerdict })
    }

    func createBackup(_ request: UnlockRequest) async throws(LocalInstanceError) -> BackupFile {
        note("backup \(request.password == nil ? "without" : "with") password")
        return try answer("createBackup", state.withLock { $0.backup })
    }

    func moveBackup(_ path: String, to target: String) async throws(LocalInstanceError) { note("move \(path) to \(target)") }

    func listBackups(of selection: InstanceSelection) async throws(LocalInstanceError) -> [BackupListing] {
        state.withLock { $0.listings }
    }

    func verifyBackup(_ file: String, password: any PasswordSource) async throws(LocalInstanceError) -> BackupTrial {
        note("verify \(file)")
        return try answer("verifyBackup", state.withLock { $0.trial })
    }

    func restore(
        _ request: RestoreRequest, confirm: @Sendable (RestorePreview) -> Bool
    ) async throws(LocalInstanceError) -> RestoreResult? {
        note("restore \(request.file)\(request.keepsSessions ? " with its sessions" : "")")
        if let preview = state.withLock({ $0.preview }), !confirm(preview) { return nil }
        return try answer("restore", state.withLock { $0.restored })
    }

    var auditCryptography: AuditCryptography { FakeCryptography.verifying }

    func readConfiguration(_ request: ConfigurationRequest) async throws(LocalInstanceError) -> ConfigurationReport {
        let flags = request.selection.flags.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        note((["configuration", request.file ?? "-"] + flags).joined(separator: " "))
        return try answer("readConfiguration", state.withLock { $0.configuration })
    }
}

/// A password of 24 bytes.
struct FakePassword: PasswordSource {
    let fault: PasswordFault?
    let warning: String?

    func withPassword<Result>(_ body: (RawSpan) throws -> Result) throws -> Result {
        if let fault { throw fault }
        return try body(Array("correct horse battery st".utf8).span.bytes)
    }
}
