import Synchronization
import WaiaasAPI
import WaiaasCore
import WaiaasInstance

/// Makes and lists backups while the daemon serves.
final class BackupService: Sendable {
    private let maker: BackupMaker
    private let shelf: BackupShelf
    private let log: Log
    private let isBusy = Mutex(false)

    init(maker: BackupMaker, log: Log) {
        self.maker = maker
        self.log = log
        shelf = BackupShelf(folder: maker.directory.backups)
    }

    /// Makes a backup; one at a time.
    ///
    /// - Throws: ``Problem``: `BACKUP_RUNNING`, `BACKUP_FAILED`.
    func create(for caller: Caller) async throws -> BackupSummary {
        let isFirst = isBusy.withLock { isBusy in
            defer { isBusy = true }
            return !isBusy
        }
        guard isFirst else { throw Problem(.backupRunning) }
        defer { isBusy.withLock { $0 = false } }
        do {
            let file = try await maker.make(by: caller.actor, requestID: caller.requestID)
            log.info("backup made", ["file": LogValue(file.name), "bytes": LogValue(file.bytes)])
            return BackupSummary(file)
        } catch {
            let fault = LocalInstanceError(causedBy: error)
            log.error("a backup could not be made", ["requestId": LogValue(caller.requestID), "error": LogValue(fault.description)])
            throw Problem(.backupFailed, details: ["reason": .string(fault.description)])
        }
    }

    /// The backups there are.
    func list() async throws -> BackupList {
        BackupList(backups: try await maker.queue.run { [shelf] in try shelf.listings() }.map { BackupSummary($0) })
    }
}
