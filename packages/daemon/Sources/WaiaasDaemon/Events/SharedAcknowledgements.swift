import WaiaasCore
import WaiaasCrypto

/// What consumers said to any of the daemons that share their state: one sealed row of `system_state`, which goes through the log like
/// every change. So a rotation goes on whichever daemon the consumers ask, and a start knows what was said before it.
///
/// A daemon enters what it heard once a second, if it is news: polls that say the same as before write nothing. Of two daemons that heard
/// different things of one consumer the later entry counts, and the consumer's next poll puts it right.
struct SharedAcknowledgements: Sendable {
    private let memory: EventAcknowledgements
    private let events: EventService
    private let sealed: SealedState

    /// - Parameters:
    ///   - memory: what is known here.
    ///   - events: who the consumers are.
    ///   - key: the event ring's.
    init(_ memory: EventAcknowledgements, of events: EventService, key: SealingKey) {
        (self.memory, self.events, sealed) = (memory, events, SealedState(key: key))
    }

    /// Whether something was heard here that the others do not know.
    var isDue: Bool { !memory.news.isEmpty }

    /// Tells the others what was heard here.
    func enter(in store: any Store) async throws {
        _ = try await store.write { [self] transaction in
            let news = memory.news
            // A row that cannot be read is replaced: the next polls say again what it held.
            var all = (try? load(from: transaction)) ?? [:]
            all.merge(news) { $1 }
            let names = Set(events.state.consumers.map(\.name))
            try save(all.filter { names.contains($0.key) }, to: transaction)
            return news
        } committed: { [memory] in
            memory.spread($0)
        }
    }

    /// Takes over what the others heard.
    ///
    /// - Throws: ``StoreError/damaged(table:column:reason:)``; what is known stays as it was.
    func takeOver(from store: any StateReading) throws { memory.takeOver(try load(from: store)) }

    private func load(from store: any StateReading) throws -> [EventConsumer.Name: EventAcknowledgements.Entry] {
        guard let secret = try sealed.secret(.eventAcknowledgements, epoch: 0, in: store) else { return [:] }
        let text = secret.withBytes { span in (0..<span.byteCount).map { span.unsafeLoad(fromByteOffset: $0, as: UInt8.self) } }
        guard let list = (try? JSONDocument(scanning: text, limits: .large))?.root.member("consumers")?.elements else {
            throw Self.damaged
        }
        var all: [EventConsumer.Name: EventAcknowledgements.Entry] = [:]
        for node in list {
            guard let name = (node.member("name")?.string).flatMap(EventConsumer.Name.init), let loaded = node.member("loaded")?.string,
                let time = node.member("at")?.integer
            else { throw Self.damaged }
            all[name] = EventAcknowledgements.Entry(
                loaded: loaded.split(separator: ",").compactMap { KeyID(String($0)) }, at: WallTime(milliseconds: time))
        }
        return all
    }

    private func save(_ all: [EventConsumer.Name: EventAcknowledgements.Entry], to store: any StateStore) throws {
        var writer = JSONWriter(reserving: 256 + all.count * 128)
        writer.beginObject()
        writer.key("consumers")
        writer.beginArray()
        for (name, entry) in all.sorted(by: { $0.key < $1.key }) {
            writer.beginObject()
            writer.member("name", name.text)
            writer.member("loaded", entry.loaded.map(\.text).joined(separator: ","))
            writer.member("at", entry.at.milliseconds)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        var bytes = writer.finish()
        try sealed.store(try SecretBytes(consuming: &bytes), as: .eventAcknowledgements, epoch: 0, in: store)
    }

    private static let damaged = StoreError.damaged(
        table: "system_state", column: StateName.eventAcknowledgements.rawValue, reason: "it is no list of consumers")
}
