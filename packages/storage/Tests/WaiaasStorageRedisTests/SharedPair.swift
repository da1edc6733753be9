import WaiaasCore
import WaiaasStorageSQLite
import WaiaasTestSupport

@testable import WaiaasStorageRedis

/// Two stores of one truth, with an agent in it.
struct SharedPair {
    let first: SharedStore
    let second: SharedStore
    let agent: Agent
    let sample = Sample()
    /// A look at the log beside those of the stores.
    let aside: RedisLog
    let raw: RedisConnection
    let keys: RedisKeys

    init(_ prefix: String = #function, on server: RedisServer, hears: Bool = true) async throws {
        first = try await SharedStore(on: server, prefix, hears: hears)
        second = try await SharedStore(on: server, prefix, joining: first, hears: hears)
        let agent = try sample.agent("robot")
        self.agent = agent
        raw = try server.raw()
        aside = try server.log(prefix)
        try aside.connect()
        keys = RedisKeys(prefix: prefix)
        try await first.store.write { _ = try $0.insert(agent) }
        try await second.settle()
    }

    /// A session, made through a store.
    func session(through store: SharedStore) async throws -> Session {
        let session = sample.session(of: agent.id)
        try await store.store.write { transaction in
            _ = try transaction.claimSessionPlace(for: session.agentID, limit: 100, at: Sample.start)
            try transaction.insert(session)
        }
        return session
    }

    /// What both hold of a session.
    func both(_ id: SessionID) async throws -> [Session?] {
        try await first.settle()
        try await second.settle()
        return [try await first.store.read { try $0.session(id) }, try await second.store.read { try $0.session(id) }]
    }

    /// Takes the newest entries out of the log, as a server does that lost them.
    func lose(_ count: Int64) throws {
        let end = try LogHead(text: try raw.ask("GET", keys.end).text ?? "").orThrow("no end")
        let log = try aside.page(after: end.sequence - count - 1, limit: 1)
        let last = try Digest256(bytes: Array(try log.entries.first.orThrow("no entry").prefix(32))).orThrow("no digest")
        for number in (end.sequence - count + 1)...end.sequence { _ = try raw.ask("HDEL", keys.log, String(number)) }
        _ = try raw.ask("SET", keys.end, LogHead(sequence: end.sequence - count, digest: last).text)
    }

    /// Puts the newest entry there again as if it had been recorded under another schema.
    func relabelNewest(asOf schema: UInt8) throws {
        let end = try LogHead(text: try raw.ask("GET", keys.end).text ?? "").orThrow("no end")
        let entries = try aside.page(after: end.sequence - 2, limit: 2).entries
        let last = try Digest256(bytes: Array(try entries.first.orThrow("no entry").prefix(32))).orThrow("no digest")
        let before = LogHead(sequence: end.sequence - 1, digest: last)
        let changes = try ToyLogSealing().open(try entries.last.orThrow("no entry"), behind: before).orThrow("no seal").changes
        let sealed = try ToyLogSealing().seal([0, 0, 0, schema] + changes.dropFirst(4), behind: before)
        try lose(1)
        let entry = NumberedEntry(sequence: sealed.head.sequence, bytes: sealed.entry)
        guard try aside.enter([entry], ifEndIs: before.text, end: sealed.head) else { throw StoreError.ruleBroken("the log went on") }
    }
}
