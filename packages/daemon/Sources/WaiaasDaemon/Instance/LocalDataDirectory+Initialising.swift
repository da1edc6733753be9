public import WaiaasCore
import WaiaasCrypto
import WaiaasInstance
import WaiaasStorageSQLite

extension LocalDataDirectory {
    /// Makes the data directory, its secrets, its configuration and its database.
    ///
    /// The configuration comes last: a directory without it counts as not initialised, so an `init` that was cut short can be repeated.
    public func initialise(_ request: InitialiseRequest) async throws(LocalInstanceError) -> InitialiseResult {
        try await attempt {
            let directory = try directory(of: request.selection)
            if try directory.isInitialised() { throw DataDirectoryError.alreadyInitialised(path: directory.path) }
            try directory.create()
            try directory.checkFileSystem(allowingNetwork: false)
            let lock = try acquireDaemonLock(directory, for: newHolder(), patience: request.selection.lockPatience)
            defer { lock.release() }
            if try directory.isInitialised() { throw DataDirectoryError.alreadyInitialised(path: directory.path) }
            if try RestoreStage(of: directory).isDecided() { throw DataDirectoryError.restoreUnfinished(path: directory.path) }
            try removeAttempt(in: directory)
            if let target = request.target { return try await join(target, directory, request.password) }
            let (master, wrapped) = try request.password.withPassword { bytes in
                try WrappedMasterKey.create(password: try SecretBytes(copying: bytes))
            }
            let secret = try SigningSecret.generate()
            let auditKey = try await fill(directory, master: MasterKey(master), wrapped: wrapped, secret: secret)
            try ConfigurationFile.writeInitial(to: directory.configurationFile, secretHex: try secret.bytes.hexadecimal())
            return InitialiseResult(
                dataDirectory: directory.path, sessionKid: secret.kid, auditKid: auditKey.kid,
                warnings: secret.bytes.isLocked ? [] : [Self.unlockedMemory])
        }
    }

    /// Removes what an `init` that was cut short has left. What was ever in use stays, and stops it: only the configuration is missing then.
    func removeAttempt(in directory: DataDirectory) throws {
        let isUsed = try SQLiteStore.wasUsed(path: directory.database)
        guard !isUsed, try CheckpointReader.read(directory.auditCheckpoints).checkpoints.isEmpty else {
            throw LocalInstanceError.failed(
                "\(directory.path) has a database or checkpoints that were in use, but is not whole",
                hint: "put the missing config.toml or waiaas.db back from a backup; or, to begin anew, move waiaas.db and "
                    + "audit-checkpoints.jsonl to another folder")
        }
        try directory.removeDatabase()
    }

    static let unlockedMemory = "key material is not locked in memory and may be swapped out; raise the memlock limit (ulimit -l)"

    /// Makes the database with what must be in it: the wrapped master key, the first ring, the audit key and the first record.
    func fill(
        _ directory: DataDirectory, master: MasterKey, wrapped: WrappedMasterKey, secret: SigningSecret
    ) async throws -> AuditKey {
        let store = try SQLiteStore.open(path: directory.database, .creating, backups: directory.backups)
        defer { try? store.close() }
        let now = clocks.now.wall
        let auditKey = try AuditKey.generate()
        let publicKey = auditKey.publicKey(createdAt: now)
        let ring = SessionRing(epoch: 0, active: Key(active: secret.kid, material: secret, createdAt: now))
        let storage = SessionRingStorage(key: try master.sealingKey(for: .sessionRing))
        // In the file before its first use: who keeps a copy of the file can pin it.
        try CheckpointFile(path: directory.auditCheckpoints).append([.key(publicKey)])
        let trail = AuditTrail(key: auditKey, clocks: clocks)
        try await store.writeAlone { transaction in
            try transaction.setState(.masterKey, to: wrapped.text)
            try auditKey.save(to: transaction, sealedBy: master)
            try transaction.append(publicKey)
            try storage.save(ring, to: transaction)
            try trail.append(
                AuditEvent(.initialized, by: .commandLine, details: [AuditDetail("kid", secret.kid.text)]), to: transaction)
        } committed: { _ in
        }
        return auditKey
    }
}
