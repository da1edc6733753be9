import WaiaasBackup
public import WaiaasCore
import WaiaasCrypto
import WaiaasInstance
import WaiaasStorageSQLite

extension LocalDataDirectory {
    /// Replaces what is in a data directory by a backup, under the lock: unpack, look, ask, begin the new epoch, put into place.
    ///
    /// Nothing that is there is touched before the answer is yes and everything is ready.
    public func restore(
        _ request: RestoreRequest, confirm: @Sendable (RestorePreview) -> Bool
    ) async throws(LocalInstanceError) -> RestoreResult? {
        try await attempt {
            let archive = try BackupArchive(at: absolute(request.file))
            let master = try archive.unlock(request.password)
            let directory = try directory(of: request.selection)
            try directory.create()
            try directory.checkFileSystem(allowingNetwork: allowsNetwork(directory, request.selection))
            let lock = try acquireDaemonLock(directory, for: newHolder(), patience: request.selection.lockPatience)
            defer { lock.release() }
            let stage = RestoreStage(of: directory)
            if try stage.isDecided() { _ = try stage.finish(at: clocks.now.wall) }
            try stage.prepare()
            do {
                try archive.unpack(into: stage.preparing.path, with: master)
                guard let done = try await prepare(stage.preparing, of: directory, archive, master, request, confirm) else {
                    try stage.discard()
                    return nil
                }
                try stage.decide()
                return RestoreResult(
                    preview: done.preview, keptAt: try stage.finish(at: clocks.now.wall), sessionKid: done.epoch.sessionKid,
                    sessionsEnded: done.epoch.sessionsEnded, loginsEnded: done.epoch.loginsEnded, record: done.epoch.record)
            } catch {
                // Once it is decided there is nothing left to throw away, and the next start finishes it.
                try? stage.discard()
                throw error
            }
        }
    }

    /// Puts every file into its place after a restore that was cut short; does nothing if there was none.
    func finishRestore(of directory: DataDirectory, _ selection: InstanceSelection) throws {
        let stage = RestoreStage(of: directory)
        guard try stage.isDecided() else { return }
        try directory.check()
        let lock = try acquireDaemonLock(directory, for: newHolder(), patience: selection.lockPatience)
        defer { lock.release() }
        if try stage.isDecided() { _ = try stage.finish(at: clocks.now.wall) }
    }

    /// Makes the unpacked files a data directory of today; nil if the answer was no.
    private func prepare(
        _ folder: DataDirectory, of directory: DataDirectory, _ archive: BackupArchive, _ master: MasterKey, _ request: RestoreRequest,
        _ confirm: @Sendable (RestorePreview) -> Bool
    ) async throws -> (preview: RestorePreview, epoch: NewEpoch.Outcome)? {
        // The settings of the backup must be such that a start accepts them.
        _ = try configuration(of: folder, request.selection)
        let store = try SQLiteStore.open(path: folder.database, .existing, backups: folder.path)
        do {
            // A backup is one moment of one daemon: what it shared then has gone on since.
            if store.position != nil { try await store.stand(at: nil) }
            let done = try await prepare(store, in: folder, of: directory, archive, master, request, confirm)
            // To its end: what stayed in the write-ahead log would not be moved with the database.
            try store.close()
            return done
        } catch {
            // What went wrong first is what to tell; the files are thrown away.
            try? store.close()
            throw error
        }
    }

    private func prepare(
        _ store: SQLiteStore, in folder: DataDirectory, of directory: DataDirectory, _ archive: BackupArchive, _ master: MasterKey,
        _ request: RestoreRequest, _ confirm: @Sendable (RestorePreview) -> Bool
    ) async throws -> (preview: RestorePreview, epoch: NewEpoch.Outcome)? {
        let auditKey = try await store.read { try AuditKey.load(from: $0, sealedBy: master) }
        let file = CheckpointFile(path: folder.auditCheckpoints)
        try await store.read { store in
            try CheckpointReader.read(folder.auditCheckpoints).compare(with: store, of: auditKey, completing: file)
        }
        let preview = try await preview(of: archive, in: store, over: directory, master, keepsSessions: request.keepsSessions)
        guard confirm(preview) else { return nil }
        let epoch = try await NewEpoch(master: master, auditKey: auditKey, header: archive.header, clocks: clocks)
            .begin(in: store, keepsSessions: request.keepsSessions, leaving: preview.replaced?.checkpoint)
        let head = try await store.read { try $0.auditHead().sequence }
        try await CheckpointSigner(key: Snapshot(auditKey), file: file, signedThrough: 0, head: head, clocks: clocks).signLast(in: store)
        return (preview, epoch)
    }

    private func preview(
        of archive: BackupArchive, in store: SQLiteStore, over directory: DataDirectory, _ master: MasterKey, keepsSessions: Bool
    ) async throws -> RestorePreview {
        let now = clocks.now
        let ringStorage = SessionRingStorage(key: try master.sealingKey(for: .sessionRing))
        let userRingStorage = UserRingStorage(key: try master.sealingKey(for: .userRing))
        let keys = try await store.read { try $0.auditPublicKeys() }
        let users = try await store.read { store in
            RestoredUsers(
                counts: try store.userCounts(), clients: Int64(try store.oauthClients().count),
                logins: Int64(try store.familyCounts(at: now.wall).live),
                kids: try userRingStorage.load(from: store, at: now)?.ring.verifyingKeys(at: now).map(\.kid) ?? [])
        }
        let (head, kids, traces, count) = try await store.read { store in
            let kids = try ringStorage.load(from: store, at: now).ring.verifyingKeys(at: now).map(\.kid)
            var (traces, count): ([SessionTrace], Int64) = ([], 0)
            try store.forEachLiveSession(at: now.wall) { trace in
                guard kids.contains(trace.kid) else { return }
                count += 1
                if traces.count < RestoredSessions.listed { traces.append(trace) }
            }
            return (try store.auditHead(), kids, traces, count)
        }
        let replaced = try await ReplacedDirectory(directory: directory, keys: keys)
            .state(against: head, masterKey: archive.header.masterKey, sessions: traces.map(\.id))
        let entries = traces.map { trace in
            RestoredSessions.Entry(
                id: trace.id, agentID: trace.agentID, expiresAt: trace.expiresAt, kid: trace.kid,
                hasEndedSince: replaced?.ended.contains(trace.id) ?? false)
        }
        return RestorePreview(
            file: archive.file, dataDirectory: directory.path, lastRecord: head.sequence, replaced: replaced?.state,
            sessions: RestoredSessions(count: count, entries: entries, kids: kids), users: users, keepsSessions: keepsSessions)
    }

    /// What the settings that are there say; where none are, no.
    private func allowsNetwork(_ directory: DataDirectory, _ selection: InstanceSelection) -> Bool {
        (try? configuration(of: directory, selection)).map { Configuration($0.settings).storage.allowNetworkFilesystem } ?? false
    }
}
