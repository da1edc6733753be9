import Synchronization
import WaiaasCore

/// The count of wrong passwords by network address, in memory for reading and in the store for a restart (design 2.3).
///
/// Memory leads: a store that cannot be written gives nobody more guesses.
final class LockoutTable: Sendable {
    /// Addresses kept at most; beyond it the one with least to lose makes room, in memory and in the store.
    private static let addresses = 10_000

    /// Lock-outs since the start.
    let lockouts = Counter()

    private let table: Mutex<[String: Lockout]>
    private let store: any Store
    private let audit: AuditTrail
    private let log: Log

    init(_ lockouts: [String: Lockout], store: any Store, audit: AuditTrail, log: Log) {
        table = Mutex(lockouts)
        self.store = store
        self.audit = audit
        self.log = log
    }

    /// A wrong password that was counted, and is not yet stored.
    struct Failure: Sendable {
        fileprivate let address: String
        fileprivate let lockout: Lockout
        fileprivate let displaced: String?
    }

    /// How long an address is still refused unheard; nil when it is heard.
    func wait(for address: String, at now: WallTime) -> Duration? {
        table.withLock { $0[NetworkSource.text(of: address)] }?.wait(at: now)
    }

    /// Takes over what other daemons counted: of two counts the more severe one, so that nobody gets more guesses by asking elsewhere.
    func heed(_ stored: [String: Lockout]) {
        table.withLock { table in
            for (address, lockout) in stored {
                if let own = table[address], !Self.makesRoom(own, before: lockout) { continue }
                if table[address] != nil || table.count < Self.addresses { table[address] = lockout }
            }
        }
    }

    /// Counts a wrong password, in memory and at once: whoever comes next is measured by it.
    func countFailure(of address: String, at now: WallTime) -> Failure {
        let address = NetworkSource.text(of: address)
        return table.withLock { table in
            let lockout = Lockout.afterFailure(table[address], at: now)
            if let end = lockout.lockedUntil, end != table[address]?.lockedUntil { lockouts.add() }
            let isFull = table[address] == nil && table.count >= Self.addresses
            let displaced = isFull ? table.min { Self.makesRoom($0.value, before: $1.value) }?.key : nil
            if let displaced { table[displaced] = nil }
            table[address] = lockout
            return Failure(address: address, lockout: lockout, displaced: displaced)
        }
    }

    /// How many addresses are refused unheard.
    func lockedOut(at now: WallTime) -> Int { table.withLock { $0.values.count { $0.wait(at: now) != nil } } }

    /// Stores a failure that was counted, and records a lock-out.
    func record(_ failure: Failure) async throws {
        try await store.write { [self] transaction in
            for address in [failure.address, failure.displaced].compactMap(\.self) { try keep(address, in: transaction) }
            guard failure.lockout.lockedUntil != nil else { return }
            let details = [AuditDetail("failures", Int64(failure.lockout.failures))]
            try audit.append(AuditEvent(.addressLockedOut, by: .unknown(address: failure.address), details: details), to: transaction)
        } committed: { [log] _ in
            guard failure.lockout.lockedUntil != nil else { return }
            log.warn("address locked out after wrong master passwords", ["address": LogValue(failure.address)])
        }
    }

    /// Forgets an address after a right password: only failures in a row count.
    func forget(_ address: String) async throws {
        let address = NetworkSource.text(of: address)
        guard table.withLock({ $0.removeValue(forKey: address) }) != nil else { return }
        try await store.write { [self] transaction in
            try keep(address, in: transaction)
        } committed: { _ in
        }
    }

    /// Stores what memory says by now, whichever change comes to be written first.
    private func keep(_ address: String, in transaction: any StoreTransaction) throws {
        try transaction.setLockout(table.withLock { $0[address] }, for: address)
    }

    /// Those who are not locked out come first, then those whose lock ends soonest.
    private static func makesRoom(_ one: Lockout, before other: Lockout) -> Bool {
        let longAgo = WallTime(milliseconds: .min)
        return (one.lockedUntil ?? longAgo, one.failures) < (other.lockedUntil ?? longAgo, other.failures)
    }
}
