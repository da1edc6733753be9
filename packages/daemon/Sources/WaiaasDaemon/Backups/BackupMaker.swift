import WaiaasBackup
import WaiaasCore
import WaiaasCrypto
import WaiaasInstance
import WaiaasStorageSQLite

/// Makes a backup of a data directory whose store is open, by the daemon or by a command under the lock (design 2.10).
///
/// Gathered in `backups/gathering`, written as `backups/backup.new`, recorded, renamed. What a crash leaves of these is no backup by its
/// name, and the next one clears it away.
struct BackupMaker: Sendable {
    let directory: DataDirectory
    let store: any Store
    let key: BackupKey
    let auditKid: KeyID
    let audit: AuditTrail
    let run: InstanceID
    let clocks: Clocks
    /// Copying, compressing and sealing take a thread for seconds: not one of those that answer requests.
    let queue: WorkQueue

    private var gathering: String { directory.backups + "/gathering" }
    private var unfinished: String { directory.backups + "/backup.new" }

    /// Makes one.
    ///
    /// - Throws: ``BackupFault``, ``StoreError``, ``DataDirectoryError``; no file is left that has the name of a backup.
    func make(by actor: AuditActor, requestID: String?) async throws -> BackupFile {
        do {
            let now = clocks.now.wall
            try await queue.run { try copyCheckpoints() }
            try await store.snapshot(to: gathering, name: BackupContents.database.rawValue)
            let wrapped = try await store.read { try Unlocked.wrapping(in: $0) }
            let (header, size) = try await queue.run { try write(masterKey: wrapped.text, at: now) }
            let path = try await finish(header.description, size: size, by: actor, requestID: requestID)
            return BackupFile(path: path, bytes: size, description: header.description)
        } catch {
            // The error that ended it is the one to tell; what is left is cleared away by the next one.
            try? clear()
            throw error
        }
    }

    private func clear() throws {
        try Folder.remove(gathering)
        try Folder.removeFile(unfinished)
    }

    /// The checkpoints first: each is in the database before it is in its file, so the copy of the database lacks none of them.
    private func copyCheckpoints() throws {
        try clear()
        let (size, free) = (try store.footprint().bytes, Int64(clamping: try Machine.room(in: directory.backups).freeBytes))
        // The copy of the database, and what it is compressed to: hashes shrink little.
        let (needed, overflow) = size.multipliedReportingOverflow(by: 2)
        guard !overflow, needed < free else { throw BackupFault.noRoom(path: directory.backups, needed: needed, free: free) }
        try Folder.make(gathering)
        try BackupContents.copy(directory.auditCheckpoints, to: BackupContents.checkpoints.path(in: gathering))
    }

    /// Writes the file from what was gathered, and says how large it is.
    private func write(masterKey: String, at now: WallTime) throws -> (ArchiveHeader, Int64) {
        let text = try ConfigurationFile.readWithoutSecret(directory.configurationFile)
        try PlainFile(making: BackupContents.configuration.path(in: gathering)).write(text)
        let description = BackupDescription(
            createdAt: now, productVersion: ProductVersion.current, schemaVersion: SQLiteStore.schemaVersion, instanceID: run,
            auditKid: auditKid, contentBytes: 0)
        let header = ArchiveHeader(
            description, masterKey: masterKey, salt: try SecureRandom.bytes(ArchiveHeader.saltLength),
            entries: try BackupContents.allCases.map { contents in
                .init(name: contents.rawValue, size: try PlainFile(reading: contents.path(in: gathering)).size())
            })
        try write(header)
        try Folder.remove(gathering)
        return (header, try PlainFile(reading: unfinished).size())
    }

    private func write(_ header: ArchiveHeader) throws {
        let file = try PlainFile(making: unfinished)
        let writer = try ArchiveWriter(header, digest: BackupKey.digest) { digest in
            try key.sealing(salt: header.salt, header: digest)
        } sink: { bytes in
            try file.write(bytes)
        }
        for contents in BackupContents.allCases {
            let source = try PlainFile(reading: contents.path(in: gathering))
            while case let bytes = try source.read(BackupContents.piece), !bytes.isEmpty { try writer.append(bytes) }
        }
        try writer.finish()
        try file.synchronise()
    }

    /// Recorded before it has its name: a backup that nobody recorded would be worse than a record of one that a crash took away.
    private func finish(
        _ description: BackupDescription, size: Int64, by actor: AuditActor, requestID: String?
    ) async throws -> String {
        let name = "waiaas-\(description.createdAt.fileName)\(BackupDescription.suffix)"
        try await store.write { [audit] transaction in
            try audit.append(
                AuditEvent(
                    .backupCreated, by: actor, requestID: requestID, details: [AuditDetail("name", name), AuditDetail("sizeBytes", size)]),
                to: transaction)
        } committed: { _ in
        }
        let path = "\(directory.backups)/\(name)"
        guard try PlainFile.rename(unfinished, to: path) else { throw BackupFault.exists(path: path) }
        return path
    }
}
