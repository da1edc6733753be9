import WaiaasCore
import WaiaasCrypto

/// Appends events to the chain, inside the transaction that makes them true (design 2.9).
///
/// If the record cannot be written the transaction fails, and what it records has not happened.
struct AuditTrail: Sendable {
    private let key: Snapshot<AuditKey>
    private let clocks: Clocks
    private let appended: @Sendable (AuditHead) -> Void

    /// A trail.
    ///
    /// - Parameters:
    ///   - key: the audit ring's private half, which the MAC key is derived from.
    ///   - clocks: what stamps each record.
    ///   - appended: told the end of the chain after each record, before the commit; wakes whoever signs checkpoints.
    init(key: Snapshot<AuditKey>, clocks: Clocks, appended: @escaping @Sendable (AuditHead) -> Void) {
        self.key = key
        self.clocks = clocks
        self.appended = appended
    }

    /// A trail of one command, whose key does not change.
    init(key: AuditKey, clocks: Clocks) {
        self.init(key: Snapshot(key), clocks: clocks) { _ in }
    }

    /// The same trail under another key: for the record of the change itself.
    func with(_ key: AuditKey) -> AuditTrail { AuditTrail(key: Snapshot(key), clocks: clocks, appended: appended) }

    /// Appends an event to the chain as this transaction sees it.
    func append(_ event: AuditEvent, to store: any AuditStore) throws {
        let record = try AuditRecord(event, after: try store.auditHead(), at: clocks.now.wall, hashing: key.current.hashing)
        try store.append(record)
        appended(AuditHead(after: record))
    }
}
