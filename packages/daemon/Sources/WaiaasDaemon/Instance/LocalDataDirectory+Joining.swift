public import WaiaasCore
import WaiaasCrypto
import WaiaasInstance
import WaiaasStorageRedis
import WaiaasStorageSQLite

/// How a data directory comes to share its state, and how it stops (design 2.11).
extension LocalDataDirectory {
    /// How often a directory that joins looks again while another one founds what it joins.
    private static let looks = 100
    private static let pause = Duration.milliseconds(100)

    /// Makes a directory that shares the state at a target: it takes the copy that is there. Where nothing is there it founds it; of
    /// several that come together one does, and the others join it.
    func join(
        _ target: SharingTarget, _ directory: DataDirectory, _ password: any PasswordSource
    ) async throws -> InitialiseResult {
        let secret = try password.withPassword { try SecretBytes(copying: $0) }
        let settings = Configuration.Storage(sharing: target)
        let look = try SharedState(settings, master: nil)
        for _ in 0..<Self.looks {
            if let text = try look.vault.masterKey(), try look.vault.copy() != nil {
                let wrapped = try WrappedMasterKey(parsing: text)
                let master = MasterKey(try wrapped.unwrap(password: secret))
                return try await takeCopy(target, directory, master)
            }
            if try look.vault.end() == nil, let made = try await found(target, directory, password: secret) { return made }
            try await Task.sleep(for: Self.pause)
        }
        throw LocalInstanceError.failed(
            "\(look.log.place) has a shared log and no copy to join from", hint: "start one of the daemons that share it; it makes a copy")
    }

    private func takeCopy(
        _ target: SharingTarget, _ directory: DataDirectory, _ master: MasterKey
    ) async throws -> InitialiseResult {
        let state = try SharedState(Configuration.Storage(sharing: target), master: master)
        guard try state.fetchCopy(to: directory.database) else { throw StoreError.missing(path: state.log.place) }
        let store = try SQLiteStore.open(path: directory.database, .existing, backups: directory.backups)
        defer { try? store.close() }
        try await state.follow(with: store, changed: { _, _ in }, happened: { _ in })
        let ring = SessionRingStorage(key: try master.sealingKey(for: .sessionRing))
        let (kid, auditKid) = try await store.read { [clocks] store in
            (try ring.load(from: store, at: clocks.now).ring.active.kid, try AuditKey.load(from: store, sealedBy: master).kid)
        }
        try ConfigurationFile.writeJoined(to: directory.configurationFile, setting: target.settings)
        return InitialiseResult(
            dataDirectory: directory.path, sessionKid: kid, auditKid: auditKid, hasJoined: true,
            warnings: SecretBytes.canLockMemory() ? [] : [Self.unlockedMemory])
    }

    /// Makes a truth of its own and enters it; nil if another one was quicker.
    private func found(_ target: SharingTarget, _ directory: DataDirectory, password: SecretBytes) async throws -> InitialiseResult? {
        let (key, wrapped) = try WrappedMasterKey.create(password: password)
        let secret = try SigningSecret.generate()
        let master = MasterKey(key)
        let auditKey = try await fill(directory, master: master, wrapped: wrapped, secret: secret)
        let state = try SharedState(Configuration.Storage(sharing: target), master: master)
        let store = try SQLiteStore.open(path: directory.database, .existing, backups: directory.backups)
        let isFounder: Bool
        do {
            isFounder = try await share(store, state, wrapped: wrapped.text, folder: directory.backups, auditKey: auditKey)
            try store.close()
        } catch {
            try? store.close()
            throw error
        }
        guard isFounder else {
            try directory.removeDatabase()
            return nil
        }
        try ConfigurationFile.writeInitial(
            to: directory.configurationFile, secretHex: try secret.bytes.hexadecimal(), setting: target.settings)
        return InitialiseResult(
            dataDirectory: directory.path, sessionKid: secret.kid, auditKid: auditKey.kid,
            warnings: secret.bytes.isLocked ? [] : [Self.unlockedMemory])
    }

    /// Enters what a store holds as the beginning of a shared log.
    ///
    /// - Returns: false, and the store stands alone as before, if something is there already.
    private func share(
        _ store: SQLiteStore, _ state: SharedState, wrapped: String, folder: String, auditKey: AuditKey
    ) async throws -> Bool {
        guard try state.vault.end() == nil else { return false }
        let founding = Digest256(words: [randomness.word(), randomness.word(), randomness.word(), randomness.word()])
        try await store.stand(at: LogHead(sequence: 0, digest: founding))
        do {
            try await state.follow(with: store, changed: { _, _ in }, happened: { _ in })
            try state.vault.setMasterKey(wrapped)
            try await note("shared through \(state.log.place)", in: store, auditKey)
        } catch StoreError.writingStopped {
            return false
        } catch {
            try? await store.stand(at: nil)
            throw error
        }
        try await state.putCopy(from: store, folder: folder, randomness: randomness)
        return true
    }

    private func note(_ change: String, in store: SQLiteStore, _ auditKey: AuditKey) async throws {
        let trail = AuditTrail(key: auditKey, clocks: clocks)
        try await store.write { transaction in
            try trail.append(AuditEvent(.sharingChanged, by: .commandLine, details: [AuditDetail("storage", change)]), to: transaction)
        } committed: { _ in
        }
    }

    /// Shares what a data directory holds, or makes it stand alone again.
    public func migrate(_ request: UnlockRequest, to backend: StorageBackend) async throws(LocalInstanceError) -> MigrateResult {
        try await attempt {
            let place = try directory(of: request.selection)
            let settings = Configuration(try configuration(of: place, request.selection).settings).storage
            guard settings.backend == backend else {
                throw LocalInstanceError.failed(
                    "storage.backend is \(settings.backend.rawValue) in \(place.configurationFile)",
                    hint: "set storage.backend = \"\(backend.rawValue)\" there"
                        + (backend == .redis ? ", and storage.redis_url" : "") + ", then run this again")
            }
            return try await unlocked(request) { directory, store, master, auditKey in
                switch backend {
                case .redis:
                    guard store.position == nil else {
                        throw LocalInstanceError.failed("\(directory.path) shares its state already", hint: "waiaas start")
                    }
                    let state = try SharedState(settings, master: master)
                    let wrapped = try await store.read { try Unlocked.wrapping(in: $0).text }
                    guard try await share(store, state, wrapped: wrapped, folder: directory.backups, auditKey: auditKey) else {
                        try? await store.stand(at: nil)
                        throw LocalInstanceError.failed(
                            "something is shared already at \(state.log.place) under \(settings.redisPrefix)",
                            hint: "waiaas init --join makes a directory that joins it; another storage.redis_prefix keeps the two apart")
                    }
                    return MigrateResult(dataDirectory: directory.path, backend: backend, place: state.log.place)
                case .sqlite:
                    guard store.position != nil else {
                        throw LocalInstanceError.failed("\(directory.path) stands alone already", hint: "waiaas start")
                    }
                    try await store.stand(at: nil)
                    try await note("stands alone", in: store, auditKey)
                    return MigrateResult(dataDirectory: directory.path, backend: backend, place: directory.database)
                }
            }
        }
    }
}

extension SharingTarget {
    /// What `config.toml` says of it.
    fileprivate var settings: [String: String] {
        // Neither holds a character that TOML would read otherwise: the rules of the settings see to it.
        var settings = [
            "storage.backend": "\"\(StorageBackend.redis.rawValue)\"", "storage.redis_url": "\"\(url)\"",
            "storage.redis_prefix": "\"\(prefix)\"",
        ]
        if let passwordFile { settings["storage.redis_password_file"] = "\"\(passwordFile)\"" }
        return settings
    }
}

extension Configuration.Storage {
    fileprivate init(sharing target: SharingTarget) {
        self = Configuration().storage
        backend = .redis
        redisURL = target.url
        redisPasswordFile = target.passwordFile
        redisPrefix = target.prefix
    }
}
