/// What the audit room reads from storage.
public protocol AuditReading {
    /// The end of the chain as this transaction sees it.
    func auditHead() throws(StoreError) -> AuditHead
    /// Records after a place, in order, at most `limit`.
    func auditRecords(after sequence: Int64, limit: Int) throws(StoreError) -> [AuditRecord]
    /// Checkpoints that cover records after a place, in order, at most `limit`.
    func auditCheckpoints(after sequence: Int64, limit: Int) throws(StoreError) -> [AuditCheckpoint]
    /// The newest checkpoint, nil if there is none.
    func newestAuditCheckpoint() throws(StoreError) -> AuditCheckpoint?
    /// The public halves of all keys that ever signed checkpoints, oldest first.
    func auditPublicKeys() throws(StoreError) -> [AuditPublicKey]
}

/// What the audit room adds to storage. Nothing is ever changed or removed: triggers refuse it.
public protocol AuditStore: AuditReading {
    /// Appends a record. Its sequence must be the next one.
    func append(_ record: AuditRecord) throws(StoreError)
    /// Appends a checkpoint.
    func append(_ checkpoint: AuditCheckpoint) throws(StoreError)
    /// Appends a public key.
    func append(_ key: AuditPublicKey) throws(StoreError)
}
