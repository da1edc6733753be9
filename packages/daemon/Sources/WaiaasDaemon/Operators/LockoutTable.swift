import Synchronization
import WaiaasCore

/// The count of wrong passwords by network address, in memory for reading and in the store for a restart (design 2.3).
final class LockoutTable: Sendable {
    /// Addresses kept at most; beyond it the oldest lock-out makes room. Only who reaches Argon2 gets here, so it fills slowly.
    private static let addresses = 10_000

    private let table: Mutex<[String: Lockout]>
    private let store: any Store
    private let audit: AuditTrail

    init(_ lockouts: [String: Lockout], store: any Store, audit: AuditTrail) {
        table = Mutex(lockouts)
        self.store = store
        self.audit = audit
    }

    /// How long an address is still refused unheard; nil when it is heard.
    func wait(for address: String, at now: WallTime) -> Duration? {
        table.withLock { $0[address] }?.wait(at: now)
    }

    /// Counts a wrong password.
    func countFailure(of address: String, at now: WallTime) async throws {
        _ = try await store.write { [self] transaction in
            let before = table.withLock { $0[address] }
            let lockout = Lockout.afterFailure(before, at: now)
            try transaction.setLockout(lockout, for: address)
            if lockout.lockedUntil != nil {
                try audit.append(
                    AuditEvent(
                        .addressLockedOut, by: .unknown(address: address), details: [AuditDetail("failures", Int64(lockout.failures))]),
                    to: transaction)
            }
            // In memory at once: five attempts that arrive together must be five, also when they share a group.
            table.withLock { table in
                if table.count >= Self.addresses, table[address] == nil { table.removeValue(forKey: table.keys.first ?? address) }
                table[address] = lockout
            }
            return lockout
        } committed: { _ in
        }
    }

    /// Forgets an address after a right password.
    func forget(_ address: String) async throws {
        guard table.withLock({ $0[address] != nil }) else { return }
        try await store.write { transaction in
            try transaction.setLockout(nil, for: address)
        } committed: { [self] in
            table.withLock { $0[address] = nil }
        }
    }
}
