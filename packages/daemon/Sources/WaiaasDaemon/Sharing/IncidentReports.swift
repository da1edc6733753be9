import Synchronization
import WaiaasCore

/// What happened to the shared log and is not in the audit log yet: it is written by the tick, for nobody may write from the writer's turn.
final class IncidentReports: Sendable {
    /// How many are kept while they cannot be written.
    private static let places = 100

    private let waiting = Mutex<[LogIncident]>([])

    /// Something happened.
    func note(_ incident: LogIncident) {
        waiting.withLock { if $0.count < Self.places { $0.append(incident) } }
    }

    /// Whether something waits.
    var isDue: Bool { waiting.withLock { !$0.isEmpty } }

    /// Writes what waits.
    func record(in store: any Store, _ audit: AuditTrail) async throws {
        let incidents = waiting.withLock { $0 }
        try await store.write { transaction in
            for incident in incidents {
                try audit.append(
                    AuditEvent(incident.event, by: .system, details: [AuditDetail("found", incident.sentence)]), to: transaction)
            }
        } committed: { [self] _ in
            waiting.withLock { $0.removeFirst(min(incidents.count, $0.count)) }
        }
    }
}
