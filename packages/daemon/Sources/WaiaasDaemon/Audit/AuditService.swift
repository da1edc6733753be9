import WaiaasAPI
import WaiaasCore

/// Hands out the chain with what is needed to check it.
struct AuditService: Sendable {
    let store: any Store
    let trail: AuditTrail

    /// A page of records, with the checkpoints that cover them and all public keys.
    ///
    /// The last page has every later checkpoint too: a checkpoint beyond the last record shows that records were cut off. Reading from
    /// the beginning is itself recorded, once, not for each page.
    func page(after sequence: Int64, limit: Int, for caller: Caller) async throws -> AuditPage {
        if sequence == 0 {
            try await store.write { [trail] transaction in
                try trail.append(AuditEvent(.auditRead, by: caller.actor, requestID: caller.requestID), to: transaction)
            } committed: { _ in
            }
        }
        return try await store.read { store in
            let found = try store.auditRecords(after: sequence, limit: limit + 1)
            let records = found.prefix(limit)
            let isLast = found.count <= limit
            let seals = try store.auditCheckpoints(after: sequence, limit: limit + 1)
            let end = records.last?.sequence ?? sequence
            return AuditPage(
                records: records.map { AuditEntry($0) },
                checkpoints: seals.filter { isLast || $0.sequence <= end }.map { AuditSeal($0) },
                publicKeys: try store.auditPublicKeys().map { WaiaasAPI.AuditKey($0) }, nextAfter: isLast ? nil : end)
        }
    }
}
