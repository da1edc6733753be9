import WaiaasCore
import WaiaasCrypto

/// Appends events to the chain, inside the transaction that makes them true (design 2.9).
///
/// If the record cannot be written the transaction fails, and what it records has not happened.
struct AuditTrail: Sendable {
    private let hashing: AuditHashing
    private let clocks: Clocks
    private let appended: @Sendable (AuditHead) -> Void

    /// A trail.
    ///
    /// - Parameters:
    ///   - key: the audit ring's private half, which the MAC key is derived from.
    ///   - clocks: what stamps each record.
    ///   - appended: told the end of the chain after each record, before the commit; wakes whoever signs checkpoints.
    init(key: AuditKey, clocks: Clocks, appended: @escaping @Sendable (AuditHead) -> Void) {
        hashing = key.hashing
        self.clocks = clocks
        self.appended = appended
    }

    /// Appends an event to the chain as this transaction sees it.
    func append(_ event: AuditEvent, to store: any AuditStore) throws {
        let record = try AuditRecord(event, after: try store.auditHead(), at: clocks.now.wall, hashing: hashing)
        try store.append(record)
        appended(AuditHead(after: record))
    }
}
