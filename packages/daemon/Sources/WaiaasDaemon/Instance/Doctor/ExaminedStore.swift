import WaiaasCore
import WaiaasInstance
import WaiaasStorageSQLite

/// What the doctor sees in the database and in `audit-checkpoints.jsonl`.
struct ExaminedStore: Sendable {
    let database: GatheredFacts
    let audit: GatheredFacts
    let secrets: GatheredFacts
    /// The newest time that stands in either.
    let newestRecord: WallTime?
}

extension LocalDataDirectory {
    private static let batch: Int64 = 1_000

    /// Reads the database under the lock; where somebody holds it, says so, and lets the daemon's own word stand for what it knows.
    func examineStore(
        _ directory: DataDirectory, _ request: DoctorRequest, _ instance: ObservedInstance, _ progress: @escaping @Sendable (String) -> Void
    ) async throws -> ExaminedStore {
        let file = instance.trial == nil ? nil : try? CheckpointReader.read(directory.auditCheckpoints)
        let newestSigned = file?.checkpoints.map(\.time).max()
        switch instance.trial {
        case .free, .absent: break
        case nil: return left(GatheredFacts.unsafe, newestSigned, secrets: nil)
        case .withoutEffect, .unusable: return left("the lock cannot be relied on", newestSigned, secrets: nil)
        case .held:
            let testified = request.testimony.map {
                GatheredFacts.known(SecretFacts(age: $0.secretAge, now: clocks.now.wall, unopened: nil, events: $0.eventTrouble))
            }
            return left("it is in use; waiaas stop first", newestSigned, secrets: testified)
        }
        let lock = try acquireDaemonLock(directory, for: newHolder(), patience: request.selection.lockPatience)
        defer { lock.release() }
        let store: SQLiteStore
        do throws(StoreError) {
            store = try SQLiteStore.open(path: directory.database, .inspecting, backups: directory.backups)
        } catch {
            let database = DatabaseFacts(.unusable(reason: LocalInstanceError(causedBy: error).description))
            let rest = left("the database cannot be opened", newestSigned, secrets: nil)
            return ExaminedStore(database: .known(database), audit: rest.audit, secrets: rest.secrets, newestRecord: newestSigned)
        }
        defer { try? store.close() }
        return try await examine(store, directory, request.password, progress)
    }

    /// Of a database that was not read.
    private func left(_ reason: String, _ newest: WallTime?, secrets: GatheredFacts?) -> ExaminedStore {
        ExaminedStore(
            database: .unknown(.database, reason: reason), audit: .unknown(.audit, reason: reason),
            secrets: secrets ?? .unknown(.secrets, reason: reason), newestRecord: newest)
    }

    private func examine(
        _ store: SQLiteStore, _ directory: DataDirectory, _ password: (any PasswordSource)?,
        _ progress: @escaping @Sendable (String) -> Void
    ) async throws -> ExaminedStore {
        // The password first: whoever mistyped it should not wait for the rest.
        let opened = try await openSecrets(of: store, with: password)
        progress("reading the database")
        let database: GatheredFacts
        do {
            let damage = try await store.findings()
            database = .known(DatabaseFacts(.read(damage: damage, schemaDifferences: store.schemaDifferences)))
        } catch {
            database = .known(DatabaseFacts(.unusable(reason: LocalInstanceError(causedBy: error).description)))
        }
        progress("comparing the audit log with its checkpoints")
        let audit = await gathering(.audit) { try await examineAudit(of: store, directory, key: opened.auditKey, progress) }
        let secrets = await gathering(.secrets) {
            SecretFacts(age: try await store.read { try Self.secretAge(in: $0) }, now: clocks.now.wall, unopened: opened.faults)
        }
        let newest = try? await store.read { store in
            try store.auditRecords(after: try store.auditHead().sequence - 1, limit: 1).last?.time
        }
        return ExaminedStore(database: database, audit: audit, secrets: secrets, newestRecord: newest ?? nil)
    }

    private func gathering(_ subject: DoctorSubject, _ gather: () async throws -> any DoctorFacts) async -> GatheredFacts {
        do {
            return .known(try await gather())
        } catch {
            return .unknown(subject, reason: LocalInstanceError(causedBy: error).description)
        }
    }

    /// What the right password opens.
    ///
    /// - Throws: ``LocalInstanceError/wrongPassword``, or the fault of the password.
    private func openSecrets(
        of store: SQLiteStore, with password: (any PasswordSource)?
    ) async throws -> (auditKey: AuditKey?, faults: [String]?) {
        guard let password else { return (nil, nil) }
        let master: MasterKey
        do {
            master = try await masterKey(of: store, with: password)
        } catch let fault {
            switch LocalInstanceError(causedBy: fault) {
            case .failed(let reason, _): return (nil, [reason])
            case let other: throw other
            }
        }
        var (faults, key): ([String], AuditKey?) = ([], nil)
        do {
            key = try await store.read { try AuditKey.load(from: $0, sealedBy: master) }
        } catch {
            faults.append(LocalInstanceError(causedBy: error).description)
        }
        do {
            let storage = SessionRingStorage(key: try master.sealingKey(for: .sessionRing))
            _ = try await store.read { [clocks] in try storage.load(from: $0, at: clocks.now) }
        } catch {
            faults.append(LocalInstanceError(causedBy: error).description)
        }
        do {
            let storage = UserRingStorage(key: try master.sealingKey(for: .userRing))
            _ = try await store.read { [clocks] in try storage.load(from: $0, at: clocks.now) }
        } catch {
            faults.append(LocalInstanceError(causedBy: error).description)
        }
        do {
            let storage = EventStateStorage(key: try master.sealingKey(for: .eventRing))
            _ = try await store.read { [clocks] in try storage.load(from: $0, at: clocks.now) }
        } catch {
            faults.append(LocalInstanceError(causedBy: error).description)
        }
        return (key, faults)
    }

    private func examineAudit(
        of store: SQLiteStore, _ directory: DataDirectory, key: AuditKey?, _ progress: @escaping @Sendable (String) -> Void
    ) async throws -> AuditFacts {
        let file = try CheckpointReader.read(directory.auditCheckpoints)
        var verdict: AuditVerdict?
        if let key {
            verdict = try await Self.verify(store, file: file, evidence: AuditEvidence(), key: key) {
                progress("checked \($0) of \($1) audit records")
            }
        }
        return try await store.read { [verdict] store in
            AuditFacts(
                disagreements: try Self.copies(in: store).disagreements(with: file, isLive: false), unreadable: file.faults,
                signedThrough: file.checkpoints.map(\.sequence).max() ?? 0, lastRecord: try store.auditHead().sequence, verdict: verdict)
        }
    }

    /// When the session secret was made. Its epoch is 0 until the first change; after that the newest record of a change says when it was.
    private static func secretAge(in store: any StoreReading) throws -> SecretFacts.Age {
        if try store.state(.sessionRingEpoch) == "0" { return .initial }
        let changes = [AuditEventName.secretRotated.rawValue, AuditEventName.secretReset.rawValue]
        var end = try store.auditHead().sequence
        while end > 0 {
            let start = max(0, end - batch)
            let records = try store.auditRecords(after: start, limit: Int(batch))
            if let change = records.last(where: { changes.contains($0.event) }) { return .since(change.time) }
            end = start
        }
        return .unknown
    }
}
