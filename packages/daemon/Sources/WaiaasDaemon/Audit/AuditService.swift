import Synchronization
import WaiaasAPI
import WaiaasCore

/// Hands out the chain with what is needed to check it.
final class AuditService: Sendable {
    /// Reading on within this time is the same reading, and is not recorded again.
    private static let oneReading = Duration.seconds(60)

    private let store: any Store
    private let trail: AuditTrail
    private let clocks: Clocks
    private let log: Log
    private let lastRead = Mutex<ContinuousTime?>(nil)

    init(store: any Store, trail: AuditTrail, clocks: Clocks, log: Log) {
        self.store = store
        self.trail = trail
        self.clocks = clocks
        self.log = log
    }

    /// A page of records, with the checkpoints that cover them and all public keys.
    ///
    /// The last page has every later checkpoint too: a checkpoint beyond the last record shows that records were cut off. Reading is
    /// itself recorded: from the beginning always, going on from elsewhere at most once a minute.
    func page(after sequence: Int64, limit: Int, for caller: Caller) async throws -> AuditPage {
        if isNewReading(from: sequence) { await record(caller) }
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

    /// Records the reading. If that fails the reading goes on: who looks for the fault of a full disk needs the log most.
    private func record(_ caller: Caller) async {
        do {
            try await store.write { [trail] transaction in
                try trail.append(AuditEvent(.auditRead, by: caller.actor, requestID: caller.requestID), to: transaction)
            } committed: { _ in
            }
        } catch {
            log.error(
                "a reading of the audit log could not be recorded",
                ["requestId": LogValue(caller.requestID), "error": LogValue(error: error)])
        }
    }

    private func isNewReading(from sequence: Int64) -> Bool {
        let now = clocks.now.continuous
        return lastRead.withLock { lastRead in
            defer { lastRead = now }
            return sequence == 0 || lastRead.map { now - $0 >= Self.oneReading } ?? true
        }
    }
}
