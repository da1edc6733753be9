public import WaiaasCore
import WaiaasInstance

extension LocalDataDirectory {
    /// Makes a backup while no daemon runs, under the lock.
    public func createBackup(_ request: UnlockRequest) async throws(LocalInstanceError) -> BackupFile {
        try await attempt {
            try await unlocked(request) { directory, store, master, auditKey in
                let maker = BackupMaker(
                    directory: directory, store: store, key: try BackupKey(master), auditKid: auditKey.kid,
                    audit: AuditTrail(key: auditKey, clocks: clocks), run: InstanceID(at: clocks.now.wall, randomness: randomness),
                    clocks: clocks, queue: WorkQueue(name: "waiaas.backup", places: 1))
                return try await maker.make(by: .commandLine, requestID: nil)
            }
        }
    }

    /// Copies a backup to another place, makes the copy durable, and removes the original.
    public func moveBackup(_ path: String, to target: String) async throws(LocalInstanceError) {
        try attempt {
            let target = absolute(target)
            let unfinished = target + ".new"
            guard try !PlainFile.exists(target) else { throw BackupFault.exists(path: target) }
            guard try !PlainFile.exists(unfinished) else { throw BackupFault.exists(path: unfinished) }
            do {
                try BackupContents.copy(path, to: unfinished)
                guard try PlainFile.rename(unfinished, to: target) else { throw BackupFault.exists(path: target) }
            } catch {
                try? Folder.removeFile(unfinished)
                throw error
            }
            try Folder.removeFile(path)
        }
    }

    /// The files in the folder `backups`.
    public func listBackups(of selection: InstanceSelection) async throws(LocalInstanceError) -> [BackupListing] {
        try attempt {
            let directory = try directory(of: selection)
            try directory.check()
            return try BackupShelf(folder: directory.backups).listings()
        }
    }

    /// Restores into a temporary directory, which is removed again.
    public func verifyBackup(_ file: String, password: any PasswordSource) async throws(LocalInstanceError) -> BackupTrial {
        try await attempt {
            let archive = try BackupArchive(at: absolute(file))
            let master = try archive.unlock(password)
            let parent = environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
            let folder = try Folder.makeTemporary(in: parent, prefix: "waiaas-verify-")
            do {
                try archive.unpack(into: folder, with: master)
                let trial = try await BackupTrialRun(
                    folder: DataDirectory(path: folder), file: archive.file, master: master, clocks: clocks, randomness: randomness
                ).run()
                try Folder.remove(folder)
                return trial
            } catch {
                try? Folder.remove(folder)
                throw error
            }
        }
    }
}
