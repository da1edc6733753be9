import Synchronization
import WaiaasCore

/// The live sessions, in memory: what verification asks instead of the store (design 3.4).
///
/// 64 shards, each behind its own small lock that is held for one probe or one change, never across a commit. What ended by time is
/// dropped by ``sweep(at:)``; what was revoked is dropped at once, so an unknown session is a revoked or ended one.
final class SessionTable: Sendable {
    private static let shardCount = 64

    private let shards: [Shard] = (0..<shardCount).map { _ in Shard() }
    private let kids = Mutex<[KeyID]>([])

    init() {}

    /// Which token of a session a hash belongs to.
    enum Match: Equatable, Sendable {
        /// The session's token.
        case current(agent: AgentID, expiresAt: WallTime)
        /// The one before the last renewal, within its grace.
        case before(agent: AgentID, expiresAt: WallTime)
        /// Neither: a token that a renewal replaced.
        case superseded
        /// There is no live session of this id.
        case unknown
    }

    /// Looks a verified token up: one probe under one shard's lock.
    func match(_ id: SessionID, hash: Digest256, at now: WallTime) -> Match {
        shard(of: id).state.withLock { state in
            guard let entry = state.entries[id] else { return .unknown }
            if entry.hash == hash { return .current(agent: entry.agentID, expiresAt: entry.expiresAt) }
            guard let before = state.before[id], before.hash == hash, now <= before.worksUntil else { return .superseded }
            return .before(agent: entry.agentID, expiresAt: entry.expiresAt)
        }
    }

    /// Adds a session, or puts its renewed token in the place of the one before.
    func set(_ trace: SessionTrace) {
        let entry = Entry(
            hash: trace.tokenHash, agentID: trace.agentID, expiresAt: trace.expiresAt, key: index(of: trace.kid))
        shard(of: trace.id).state.withLock { state in
            state.entries[trace.id] = entry
            if let before = trace.tokenBefore { state.before[trace.id] = before } else { state.before[trace.id] = nil }
        }
    }

    /// Drops a session.
    func remove(_ id: SessionID) {
        shard(of: id).state.withLock { state in
            state.entries[id] = nil
            state.before[id] = nil
        }
    }

    /// Sessions whose token none of these keys signed, at most `limit` of them: no token of theirs can ever verify again.
    func stranded(outside kids: Set<KeyID>, limit: Int) -> [SessionID] {
        let live = Set(self.kids.withLock { all in all.indices.filter { kids.contains(all[$0]) } }.map { UInt32($0) })
        var found: [SessionID] = []
        for shard in shards where found.count < limit {
            shard.state.withLock { state in
                for (id, entry) in state.entries where !live.contains(entry.key) && found.count < limit { found.append(id) }
            }
        }
        return found
    }

    /// Drops every session, of one agent or of all.
    func removeAll(of agent: AgentID? = nil) {
        for shard in shards {
            shard.state.withLock { state in
                guard let agent else {
                    state = ShardState()
                    return
                }
                for id in state.entries.filter({ $0.value.agentID == agent }).keys {
                    state.entries[id] = nil
                    state.before[id] = nil
                }
            }
        }
    }

    /// Drops what has ended by time.
    func sweep(at now: WallTime) {
        let limit = now - SessionLimits.leeway
        for shard in shards {
            shard.state.withLock { state in
                let ended = state.entries.filter { $0.value.expiresAt < limit }.keys
                for id in ended { state.entries[id] = nil }
                state.before = state.before.filter { now <= $0.value.worksUntil && state.entries[$0.key] != nil }
            }
        }
    }

    /// How many live sessions' tokens each key signed.
    func countByKey(at now: WallTime) -> [KeyID: Int] {
        var counts: [UInt32: Int] = [:]
        for shard in shards {
            shard.state.withLock { state in
                for entry in state.entries.values where now <= entry.expiresAt { counts[entry.key, default: 0] += 1 }
            }
        }
        return kids.withLock { kids in
            Dictionary(uniqueKeysWithValues: counts.map { (kids[Int($0.key)], $0.value) })
        }
    }

    private func shard(of id: SessionID) -> Shard {
        shards[Int(truncatingIfNeeded: id.low) & (Self.shardCount - 1)]
    }

    /// A small number for a kid, so that a million entries do not each hold a string.
    private func index(of kid: KeyID) -> UInt32 {
        kids.withLock { kids in
            // From the end: nearly every session is of one of the last two keys.
            if let index = kids.lastIndex(of: kid) { return UInt32(index) }
            kids.append(kid)
            return UInt32(kids.count - 1)
        }
    }

    private struct Entry {
        let hash: Digest256
        let agentID: AgentID
        let expiresAt: WallTime
        let key: UInt32
    }

    private struct ShardState {
        var entries: [SessionID: Entry] = [:]
        var before: [SessionID: TokenBefore] = [:]
    }

    private final class Shard: Sendable {
        let state = Mutex(ShardState())
    }
}
