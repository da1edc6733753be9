import Synchronization
import WaiaasCore

/// Counts refused requests, and records each kind from each source at most once a minute (design 2.9).
///
/// Refusals cost an attacker nothing; written one by one they would fill the disk and drown the log.
final class RefusalRecorder: Sendable {
    /// How long refusals of one kind and source are gathered into one record.
    private static let span = Duration.seconds(60)
    /// Kinds and sources told apart at most; the rest are counted under the source "others".
    private static let sources = 100

    private struct Source: Hashable {
        let code: ProblemCode
        let address: String
    }

    private struct Tally {
        var count: Int64
        var recordedAt: ContinuousTime?
    }

    private let tallies = Mutex<[Source: Tally]>([:])
    private let store: any Store
    private let audit: AuditTrail
    private let clocks: Clocks

    init(store: any Store, audit: AuditTrail, clocks: Clocks) {
        self.store = store
        self.audit = audit
        self.clocks = clocks
    }

    /// Counts a refusal. Touches memory only.
    func note(_ code: ProblemCode, from address: String) {
        tallies.withLock { tallies in
            var source = Source(code: code, address: address)
            if tallies[source] == nil, tallies.count >= Self.sources { source = Source(code: code, address: "others") }
            tallies[source, default: Tally(count: 0, recordedAt: nil)].count += 1
        }
    }

    /// Writes what is due. Called by the tick, and at stop.
    ///
    /// - Parameter all: whether what was recorded less than a minute ago is due too.
    func record(all: Bool = false) async throws {
        let now = clocks.now.continuous
        let due = tallies.withLock { tallies in
            var due: [(source: Source, count: Int64)] = []
            for (source, tally) in tallies {
                guard tally.count > 0 else {
                    if let recordedAt = tally.recordedAt, now - recordedAt >= Self.span { tallies[source] = nil }
                    continue
                }
                if all || tally.recordedAt.map({ now - $0 >= Self.span }) ?? true {
                    due.append((source, tally.count))
                    tallies[source] = Tally(count: 0, recordedAt: now)
                }
            }
            return due
        }
        guard !due.isEmpty else { return }
        do {
            try await record(due)
        } catch {
            // Not recorded, so not forgotten: they are due again.
            tallies.withLock { tallies in
                for (source, count) in due { tallies[source] = Tally(count: count + (tallies[source]?.count ?? 0), recordedAt: nil) }
            }
            throw error
        }
    }

    private func record(_ due: [(source: Source, count: Int64)]) async throws {
        try await store.write { [audit] transaction in
            for (source, count) in due {
                let name: AuditEventName = source.code == .invalidMasterPassword ? .authFailed : .requestsRefused
                let details = [AuditDetail("code", source.code.text), AuditDetail("count", count)]
                try audit.append(AuditEvent(name, by: .unknown(address: source.address), details: details), to: transaction)
            }
        } committed: { _ in
        }
    }
}
