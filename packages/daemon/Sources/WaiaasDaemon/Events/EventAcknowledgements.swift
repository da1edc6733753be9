import Synchronization
import WaiaasCore

/// What consumers last said they have loaded. A daemon alone keeps it in memory only: after a restart they say it again within their next
/// poll. Daemons that share their state tell each other what is news: see ``SharedAcknowledgements``.
final class EventAcknowledgements: Sendable {
    /// What one said.
    struct Entry: Equatable, Sendable {
        /// The kids that it holds, the one that it signs with first.
        let loaded: [KeyID]
        /// When it said so.
        let at: WallTime
    }

    private struct Heard {
        var entry: Entry
        /// Whether it was heard here, and the other daemons do not know it yet.
        var isNews: Bool
    }

    /// The most kids that are listened to: a ring never holds so many.
    static let kidsHeard = 16

    private let heard = Mutex<[EventConsumer.Name: Heard]>([:])

    /// A consumer says what it holds. It is news only if it said something else before: most polls are none.
    func note(_ loaded: [KeyID], of name: EventConsumer.Name, at moment: Moment) {
        let entry = Entry(loaded: Array(loaded.prefix(Self.kidsHeard)), at: moment.wall)
        heard.withLock { heard in
            let before = heard[name]
            heard[name] = Heard(entry: entry, isNews: before?.entry.loaded != entry.loaded || before?.isNews == true)
        }
    }

    /// What a consumer last said; nil if nobody heard it yet.
    func entry(of name: EventConsumer.Name) -> Entry? { heard.withLock { $0[name]?.entry } }

    /// Forgets a consumer that was removed.
    func forget(_ name: EventConsumer.Name) { heard.withLock { $0[name] = nil } }

    /// What was heard here and the others do not know.
    var news: [EventConsumer.Name: Entry] { heard.withLock { $0.filter(\.value.isNews).mapValues(\.entry) } }

    /// The others know it now.
    func spread(_ known: [EventConsumer.Name: Entry]) {
        heard.withLock { heard in
            for (name, entry) in known where heard[name]?.entry.loaded == entry.loaded { heard[name]?.isNews = false }
        }
    }

    /// Takes over what was heard elsewhere, unless something newer was heard here.
    func takeOver(_ elsewhere: [EventConsumer.Name: Entry]) {
        heard.withLock { heard in
            for (name, entry) in elsewhere {
                if let own = heard[name], own.entry.loaded == entry.loaded || (own.isNews && own.entry.at > entry.at) { continue }
                heard[name] = Heard(entry: entry, isNews: false)
            }
        }
    }

    /// The consumers that have not yet followed a rotation.
    ///
    /// - Parameters:
    ///   - consumers: all there are. Those that hold no keys ask this daemon, and one that came later fetched what it finds.
    ///   - job: the rotation; once it is promoted they must sign with its key, before that verify with it.
    func missing(among consumers: [EventConsumer], in job: EventRotation) -> [String] {
        heard.withLock { heard in
            consumers.filter { consumer in
                guard consumer.roles.contains(.keys), consumer.createdAt <= job.startedAt, !job.excused.contains(consumer.name.text) else {
                    return false
                }
                let loaded = heard[consumer.name]?.entry.loaded ?? []
                return job.step.isPromoted ? loaded.first != job.to : !loaded.contains(job.to)
            }.map(\.name.text)
        }
    }
}
