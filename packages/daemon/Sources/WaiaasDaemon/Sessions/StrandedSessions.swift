import Synchronization
import WaiaasCore

/// Ends the sessions whose secret is gone: their agents did not cross over in the window, or the secret was cut after a leak.
///
/// Their tokens verify no more from the moment the secret went. What is left to do is to say so in the store and to free their agents'
/// places, in small transactions that nobody has to wait long behind; a stop in between is made up for at the next start.
final class StrandedSessions: Sendable {
    /// How many sessions one transaction ends.
    private static let batch = 500

    private let table: SessionTable
    private let store: any Store
    private let audit: AuditTrail
    private let clocks: Clocks
    /// The ring's epoch for which all were ended; nil before the first time.
    private let clearedFor = Mutex<UInt64?>(nil)

    init(table: SessionTable, store: any Store, audit: AuditTrail, clocks: Clocks) {
        self.table = table
        self.store = store
        self.audit = audit
        self.clocks = clocks
    }

    /// Whether the ring has changed since the last time.
    func isDue(for ring: SessionRing) -> Bool { clearedFor.withLock { $0 } != ring.epoch }

    /// Ends them.
    ///
    /// - Parameters:
    ///   - ring: whose keys still verify.
    ///   - reason: why they ended, for the record.
    /// - Returns: the sessions that were ended.
    @discardableResult
    func end(after ring: SessionRing, reason: String) async throws -> [SessionID] {
        let kids = Set([ring.active.kid, ring.retiring?.kid].compactMap(\.self))
        var ended: [SessionID] = []
        while case let batch = table.stranded(outside: kids, limit: Self.batch), !batch.isEmpty {
            ended += try await end(batch, reason: reason)
        }
        clearedFor.withLock { $0 = ring.epoch }
        return ended
    }

    private func end(_ batch: [SessionID], reason: String) async throws -> [SessionID] {
        try await store.write { [audit, clocks] transaction in
            let now = clocks.now.wall
            var revoked: [SessionID] = []
            for id in batch where try transaction.revoke(id, at: now) { revoked.append(id) }
            guard !revoked.isEmpty else { return revoked }
            let details = [AuditDetail("count", Int64(revoked.count)), AuditDetail("reason", reason)]
            try audit.append(AuditEvent(.sessionsRevoked, by: .system, details: details), to: transaction)
            return revoked
        } committed: { [table] _ in
            for id in batch { table.remove(id) }
        }
    }
}
