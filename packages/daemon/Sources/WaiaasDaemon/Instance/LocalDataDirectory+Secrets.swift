public import WaiaasCore
import WaiaasCrypto
import WaiaasInstance
import WaiaasStorageSQLite

extension LocalDataDirectory {
    /// Makes a fresh session secret where the stored one cannot be used.
    ///
    /// It does not read the old ring, which may be damaged; the master key and the audit key must be whole.
    public func resetSessionSecret(_ request: UnlockRequest) async throws(LocalInstanceError) -> SessionSecretReset {
        try await attempt {
            try await unlocked(request) { _, store, master, auditKey in
                let storage = SessionRingStorage(key: try master.sealingKey(for: .sessionRing))
                let trail = AuditTrail(key: auditKey, clocks: clocks)
                return try await store.writeAlone { [clocks] transaction in
                    let secret = try SigningSecret.generate()
                    let now = clocks.now.wall
                    // An epoch that cannot be read is damage too; then the count begins anew, far from where it may have been.
                    let epoch = (try? storage.epoch(in: transaction)) ?? UInt64(now.milliseconds)
                    let ring = SessionRing(epoch: epoch &+ 1, active: Key(active: secret.kid, material: secret, createdAt: now))
                    try storage.save(ring, to: transaction)
                    let cut = try transaction.revokeAll(of: nil, at: now)
                    try trail.append(
                        AuditEvent(
                            .secretReset, by: .commandLine,
                            details: [AuditDetail("kid", secret.kid.text), AuditDetail("sessionsCut", Int64(cut))]),
                        to: transaction)
                    return SessionSecretReset(kid: secret.kid, sessionsCut: cut)
                } committed: { _ in
                }
            }
        }
    }

    /// Replaces the master password: the master key stays, its wrapping is made anew in one transaction.
    public func changePassword(_ request: ChangePasswordRequest) async throws(LocalInstanceError) {
        try await attempt {
            try await unlocked(UnlockRequest(selection: request.selection, password: request.current)) { _, store, master, auditKey in
                let new = try request.replacement.withPassword { try SecretBytes(copying: $0) }
                guard try request.current.withPassword({ try SecretBytes(copying: $0) }) != new else { throw PasswordFault.unchanged }
                let replacement = try master.wrapped(by: new)
                let trail = AuditTrail(key: auditKey, clocks: clocks)
                try await store.writeAlone { transaction in
                    try transaction.setState(.masterKey, to: replacement.text)
                    try trail.append(AuditEvent(.passwordChanged, by: .commandLine), to: transaction)
                } committed: { _ in
                }
            }
        }
    }

    /// Opens the database under the lock, with the keys that the password opens, and closes it afterwards.
    func unlocked<Answer>(
        _ request: UnlockRequest, _ work: (DataDirectory, SQLiteStore, MasterKey, AuditKey) async throws -> Answer
    ) async throws -> Answer {
        guard let password = request.password else { throw PasswordFault.none }
        let directory = try directory(of: request.selection)
        return try await locked(directory, request.selection) { _ in
            let store = try SQLiteStore.open(path: directory.database, .existing, backups: directory.backups)
            defer { try? store.close() }
            let (master, auditKey) = try await unlock(store, with: password)
            return try await work(directory, store, master, auditKey)
        }
    }

    func unlock(_ store: any Store, with password: any PasswordSource) async throws -> (MasterKey, AuditKey) {
        let master = try await masterKey(of: store, with: password)
        return (master, try await store.read { try AuditKey.load(from: $0, sealedBy: master) })
    }

    func masterKey(of store: any Store, with password: any PasswordSource) async throws -> MasterKey {
        let wrapped = try await store.read { try Unlocked.wrapping(in: $0) }
        return try password.withPassword { bytes in
            MasterKey(try wrapped.unwrap(password: try SecretBytes(copying: bytes)))
        }
    }
}
