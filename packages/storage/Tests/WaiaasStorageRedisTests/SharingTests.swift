import Foundation
import Testing
import WaiaasCore
import WaiaasStorageSQLite
import WaiaasTestSupport

@testable import WaiaasStorageRedis

@Suite(.serialized) struct SharingTests {
    private static let server = Result { try RedisServer() }

    @Test func `what one changes the other is told by rows`() async throws {
        let pair = try await SharedPair(on: try Self.server.get())
        let session = try await pair.session(through: pair.first)
        try await pair.second.settle()
        try await pair.first.store.write { try $0.setState(.auditKey, to: "x") }
        try await pair.second.settle()
        let told = pair.second.changes.suffix(2)
        #expect(told.first?.sessions == [session.id])
        #expect(told.first?.tables == ["sessions", "agents"])
        #expect(told.first?.agents == [])
        #expect(told.last?.states == [.auditKey])
        #expect(pair.first.changes == [])
    }

    @Test func `of changes that meet each is made of the one before`() async throws {
        let pair = try await SharedPair(on: try Self.server.get())
        try await pair.first.store.write { try $0.setState(.keySetAge, to: "0") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                let store = number % 2 == 0 ? pair.first : pair.second
                group.addTask {
                    try await store.store.write { transaction in
                        let count = Int(try transaction.state(.keySetAge) ?? "") ?? -1_000
                        try transaction.setState(.keySetAge, to: String(count + 1))
                    }
                }
            }
            try await group.waitForAll()
        }
        for store in [pair.first, pair.second] {
            try await store.settle()
            #expect(try await store.store.read { try $0.state(.keySetAge) } == "200")
        }
    }

    @Test func `a refusal is made of the truth, not of what was not heard yet`() async throws {
        let pair = try await SharedPair(on: try Self.server.get())
        let other = try pair.sample.agent("other")
        try await pair.first.store.write { _ = try $0.insert(other) }
        let found = try await pair.second.store.write { try $0.agent(other.id) }
        #expect(found == other)
    }

    @Test func `whoever has its log taken away founds it again, and the others go on`() async throws {
        let pair = try await SharedPair(on: try Self.server.get())
        let session = try await pair.session(through: pair.second)
        try await pair.first.settle()
        // At once, or what is left of it is repaired in between.
        _ = try pair.raw.ask("DEL", pair.keys.end, pair.keys.log)
        #expect(try await pair.second.store.write { try $0.revoke(session.id, at: Sample.start) })
        let held = try await pair.both(session.id)
        #expect(held.map { $0?.revokedAt } == [Sample.start, Sample.start])
        #expect(pair.first.incidents + pair.second.incidents == [.foundedAgain(through: 2)])
    }

    @Test func `a log that lost its newest entries gets them back from who knows them`() async throws {
        let pair = try await SharedPair(on: try Self.server.get())
        let session = try await pair.session(through: pair.first)
        try await pair.second.settle()
        #expect(try await pair.first.store.write { try $0.revoke(session.id, at: Sample.start) })
        try pair.lose(1)
        let held = try await pair.both(session.id)
        #expect(held[0]?.revokedAt == Sample.start)
        #expect(pair.first.incidents + pair.second.incidents == [.completed(count: 1)])
        #expect(try await pair.both(session.id)[1]?.revokedAt == Sample.start)
    }

    @Test func `nothing that was revoked comes back where the log was lost and others went on`() async throws {
        let pair = try await SharedPair(on: try Self.server.get(), hears: false)
        let session = try await pair.session(through: pair.first)
        try await pair.second.settle()
        #expect(try await pair.first.store.write { try $0.revoke(session.id, at: Sample.start) })
        try pair.lose(1)
        let later = try await pair.session(through: pair.second)
        let held = try await pair.both(session.id)
        #expect(held.map { $0?.revokedAt } == [Sample.start, Sample.start])
        #expect(try await pair.both(later.id) == [later, later])
        #expect(pair.first.incidents == [.merged(entries: 1, rowsLeftOut: 0, recordsLeftOut: 0, ringsLeftOut: [])])
        #expect(try await pair.first.store.findings() == [])
        #expect(try await pair.second.store.findings() == [])
    }

    @Test func `of more rows than are worth naming the single values are named all the same`() async throws {
        let pair = try await SharedPair(on: try Self.server.get())
        let sessions = (0...ForeignChanges.named).map { _ in pair.sample.session(of: pair.agent.id) }
        try await pair.first.store.write { transaction in
            for session in sessions { try transaction.insert(session) }
            try transaction.setState(.sessionRingEpoch, to: "7")
        }
        try await pair.second.settle()
        let told = try #require(pair.second.changes.last)
        #expect(told.isWholesale && told.states == [.sessionRingEpoch] && told.sessions.isEmpty)
    }

    @Test(arguments: ["garbage", "replay", "end", "kind", "edited"])
    func `OPS-07: what somebody else writes into the log is refused, told, and replaced`(attack: String) async throws {
        let pair = try await SharedPair("hostile \(attack)", on: try Self.server.get())
        let session = try await pair.session(through: pair.first)
        #expect(try await pair.first.store.write { try $0.revoke(session.id, at: Sample.start) })
        try await pair.second.settle()
        let forged = LogHead(sequence: 4, digest: pair.sample.digest()).text
        switch attack {
        case "garbage":
            _ = try pair.raw.ask("HSET", pair.keys.log, "4", String(repeating: "x", count: 200))
            _ = try pair.raw.ask("SET", pair.keys.end, forged)
        case "replay":
            // The session as it was made, before it was revoked.
            let old = try pair.raw.ask("HGET", pair.keys.log, "2").blob.orThrow("no entry")
            _ = try pair.raw.ask([Array("HSET".utf8), Array(pair.keys.log.utf8), Array("4".utf8), old])
            _ = try pair.raw.ask("SET", pair.keys.end, forged)
        case "end": _ = try pair.raw.ask("SET", pair.keys.end, "nonsense")
        case "kind":
            _ = try pair.raw.ask("DEL", pair.keys.log, pair.keys.end)
            _ = try pair.raw.ask("SET", pair.keys.log, "text")
            _ = try pair.raw.ask("LPUSH", pair.keys.end, "list")
        default:
            var entry = try pair.raw.ask("HGET", pair.keys.log, "3").blob.orThrow("no entry")
            entry[100] ^= 1
            _ = try pair.raw.ask([Array("HSET".utf8), Array(pair.keys.log.utf8), Array("3".utf8), entry])
            _ = try pair.raw.ask("SET", pair.keys.end, forged)
        }
        let later = try await pair.session(through: pair.second)
        #expect(try await pair.both(session.id).map { $0?.revokedAt } == [Sample.start, Sample.start])
        #expect(try await pair.both(later.id) == [later, later])
        let refusals = (pair.first.incidents + pair.second.incidents).filter { if case .refused = $0 { true } else { false } }
        #expect(refusals.count == 1)
    }

    @Test func `another truth under the same name is not followed, and not touched`() async throws {
        let server = try Self.server.get()
        let pair = try await SharedPair(on: server)
        let end = try pair.raw.ask("GET", pair.keys.end)
        let prefix = #function
        await #expect(throws: StoreError.self) { _ = try await SharedStore(on: server, prefix) }
        #expect(try pair.raw.ask("GET", pair.keys.end) == end)
    }

    @Test func `a store that shares a log and does not follow it only reads`() async throws {
        let pair = try await SharedPair(on: try Self.server.get())
        let directory = pair.second.directory
        try await pair.first.store.snapshot(to: directory, name: "alone.db")
        let store = try SQLiteStore.open(path: directory + "/alone.db", backups: directory)
        #expect(try await store.read { try $0.agentCounts().active } == 1)
        await #expect(throws: StoreError.shared) { try await store.write { try $0.setState(.auditKey, to: "x") } }
        try await store.stand(at: nil)
        try await store.write { try $0.setState(.auditKey, to: "x") }
        try store.close()
    }

    @Test func `OPS-06: while the server is away reading goes on and changes fail, and it heals by itself`() async throws {
        let server = try RedisServer()
        let first = try await SharedStore(on: server, "away", deadline: RedisLog.usualDeadline)
        try await first.store.write { try $0.setState(.auditKey, to: "before") }
        kill(server.process.processIdentifier, SIGSTOP)
        for _ in 0..<3 {
            await #expect { try await first.store.write { try $0.setState(.auditKey, to: "during") } } throws: { error in
                if case StoreError.sharedStateUnreachable = error { true } else { false }
            }
        }
        #expect(first.store.fault != nil)
        #expect(try await first.store.read { try $0.state(.auditKey) } == "before")
        kill(server.process.processIdentifier, SIGCONT)
        while first.store.fault != nil {
            // tidy:allow sleep because it looks until there is something to see
            try await Task.sleep(for: .milliseconds(5))
        }
        try await first.store.write { try $0.setState(.auditKey, to: "after") }
        #expect(try await first.store.read { try $0.state(.auditKey) } == "after")
    }

    @Test func `the bus brings a change without anybody asking`() async throws {
        let server = try Self.server.get()
        let first = try await SharedStore(on: server, #function)
        let second = try await SharedStore(on: server, #function, joining: first, hears: true)
        try await first.store.write { try $0.setState(.auditKey, to: "x") }
        while try await second.store.read({ try $0.state(.auditKey) }) != "x" {
            // tidy:allow sleep because it looks until there is something to see
            try await Task.sleep(for: .milliseconds(1))
        }
    }
}
