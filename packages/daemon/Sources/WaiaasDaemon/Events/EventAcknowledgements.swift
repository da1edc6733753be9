import Synchronization
import WaiaasCore

/// What consumers last said they have loaded. Memory only: after a restart they say it again within their next poll.
final class EventAcknowledgements: Sendable {
    /// What one said.
    struct Entry: Sendable {
        /// The kids that it holds, the one that it signs with first.
        let loaded: [KeyID]
        /// When it said so.
        let at: Moment
    }

    /// The most kids that are listened to: a ring never holds so many.
    static let kidsHeard = 16

    private let entries = Mutex<[EventConsumer.Name: Entry]>([:])

    /// A consumer says what it holds.
    func note(_ loaded: [KeyID], of name: EventConsumer.Name, at moment: Moment) {
        entries.withLock { $0[name] = Entry(loaded: Array(loaded.prefix(Self.kidsHeard)), at: moment) }
    }

    /// What a consumer last said; nil since the start of this process.
    func entry(of name: EventConsumer.Name) -> Entry? { entries.withLock { $0[name] } }

    /// Forgets a consumer that was removed.
    func forget(_ name: EventConsumer.Name) { entries.withLock { $0[name] = nil } }

    /// The consumers that have not yet followed a rotation.
    ///
    /// - Parameters:
    ///   - consumers: all there are. Those that hold no keys ask this daemon, and one that came later fetched what it finds.
    ///   - job: the rotation; once it is promoted they must sign with its key, before that verify with it.
    func missing(among consumers: [EventConsumer], in job: EventRotation) -> [String] {
        entries.withLock { entries in
            consumers.filter { consumer in
                guard consumer.roles.contains(.keys), consumer.createdAt <= job.startedAt, !job.excused.contains(consumer.name.text) else {
                    return false
                }
                let loaded = entries[consumer.name]?.loaded ?? []
                return job.step.isPromoted ? loaded.first != job.to : !loaded.contains(job.to)
            }.map(\.name.text)
        }
    }
}
