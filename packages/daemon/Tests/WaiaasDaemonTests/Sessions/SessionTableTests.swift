import Testing
import WaiaasCore
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite("The table of live sessions")
struct SessionTableTests {
    private static let agents = [AgentID(high: 1, low: 1), AgentID(high: 1, low: 2)]

    /// What the table must do, written with a dictionary.
    private struct Model {
        var traces: [SessionID: SessionTrace] = [:]

        func match(_ id: SessionID, hash: Digest256, at now: WallTime) -> SessionTable.Match {
            guard let trace = traces[id] else { return .unknown }
            if trace.tokenHash == hash { return .current(agent: trace.agentID, expiresAt: trace.expiresAt) }
            guard let before = trace.tokenBefore, before.hash == hash, now <= before.worksUntil else { return .superseded }
            return .before(agent: trace.agentID, expiresAt: trace.expiresAt)
        }
    }

    private static func digest(_ number: UInt64) -> Digest256 { Digest256(words: [number, 1, 2, 3]) }

    @Test(arguments: [UInt64(1), 2, 3, 4])
    func `it answers as a dictionary would, whatever is added, renewed, revoked and swept`(seed: UInt64) throws {
        let random = SeededRandomness(seed: seed)
        let table = SessionTable()
        var model = Model()
        let kids = try ["a", "b", "c"].map { try #require(KeyID($0)) }
        var now = WallTime(seconds: 1_800_000_000)
        // Few homes for many ids: collisions, chains that wrap around the end, and gaps in the middle of them.
        let ids = (0..<400).map { SessionID(high: UInt64($0), low: UInt64($0 % 7) << 61 | UInt64($0 % 5) << 6) }
        for step in 0..<6_000 {
            let id = ids[random.below(ids.count)]
            switch random.below(100) {
            case 0..<55:
                let before = random.below(4) == 0 ? TokenBefore(hash: Self.digest(random.word()), worksUntil: now + .seconds(60)) : nil
                let trace = SessionTrace(
                    id: id, agentID: Self.agents[random.below(2)], tokenHash: Self.digest(random.word()), kid: kids[random.below(3)],
                    expiresAt: now + .seconds(random.below(3_000)), tokenBefore: before)
                table.set(trace)
                model.traces[id] = trace
            case 55..<98:
                table.remove(id)
                model.traces[id] = nil
            case 98:
                now = now + .seconds(random.below(120))
                table.sweep(at: now)
                model.traces = model.traces.filter { $0.value.expiresAt >= now - SessionLimits.leeway }
            default:
                guard random.below(10) == 0 else { continue }
                table.removeAll(of: Self.agents[0])
                model.traces = model.traces.filter { $0.value.agentID != Self.agents[0] }
            }
            if step % 50 == 0 { expect(table, isAs: model, of: ids, kids: kids, at: now) }
        }
        expect(table, isAs: model, of: ids, kids: kids, at: now)
    }

    private func expect(_ table: SessionTable, isAs model: Model, of ids: [SessionID], kids: [KeyID], at now: WallTime) {
        // One expectation for all: half a million of them would take a minute.
        let different = ids.filter { id in
            let trace = model.traces[id]
            let hashes = [trace?.tokenHash, trace?.tokenBefore?.hash, Self.digest(0)].compactMap(\.self)
            return hashes.contains { table.match(id, hash: $0, at: now) != model.match(id, hash: $0, at: now) }
        }
        #expect(different.isEmpty)
        let live = model.traces.values.filter { now <= $0.expiresAt }
        #expect(table.countByKey(at: now) == Dictionary(grouping: live, by: \.kid).mapValues(\.count))
        let stranded = model.traces.values.filter { $0.kid != kids[0] }.map(\.id)
        #expect(Set(table.stranded(outside: [kids[0]], limit: .max)) == Set(stranded))
        #expect(table.stranded(outside: [kids[0]], limit: 3).count == min(3, stranded.count))
    }

    @Test func `after all sessions are dropped none is left, and new ones are found again`() throws {
        let table = SessionTable()
        let kid = try #require(KeyID("a"))
        let now = WallTime(seconds: 1_800_000_000)
        let traces = (0..<5_000).map { number in
            SessionTrace(
                id: SessionID(high: 1, low: UInt64(number) &* 0x9E37_79B9_7F4A_7C15), agentID: Self.agents[0],
                tokenHash: Self.digest(UInt64(number)), kid: kid, expiresAt: now + .seconds(60), tokenBefore: nil)
        }
        for drop in [{ table.removeAll() }, { table.removeAll(of: Self.agents[0]) }, { table.sweep(at: now + .seconds(66)) }] {
            for trace in traces { table.set(trace) }
            #expect(table.countByKey(at: now) == [kid: traces.count])
            drop()
            #expect(table.countByKey(at: now).isEmpty)
            #expect(traces.allSatisfy { table.match($0.id, hash: $0.tokenHash, at: now) == .unknown })
        }
    }
}
