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
        shard(of: id).sessions.withLock { sessions in
            guard let position = sessions.position(of: id) else { return .unknown }
            let (row, expiresAt) = (sessions.rows[position], sessions.ends[position].expiresAt)
            if row.hash == hash { return .current(agent: row.agentID, expiresAt: expiresAt) }
            guard let before = sessions.tokenBefore(id), before.hash == hash, now <= before.worksUntil else { return .superseded }
            return .before(agent: row.agentID, expiresAt: expiresAt)
        }
    }

    /// Adds a session, or puts its renewed token in the place of the one before.
    func set(_ trace: SessionTrace) {
        let row = SessionShard.Row(id: trace.id, hash: trace.tokenHash, agentID: trace.agentID)
        let end = SessionShard.End(expiresAt: trace.expiresAt, key: index(of: trace.kid))
        shard(of: trace.id).sessions.withLock { $0.set(row, end, tokenBefore: trace.tokenBefore) }
    }

    /// Drops a session.
    func remove(_ id: SessionID) {
        shard(of: id).sessions.withLock { $0.remove(id) }
    }

    /// Sessions whose token none of these keys signed, at most `limit` of them: no token of theirs can ever verify again.
    func stranded(outside kids: Set<KeyID>, limit: Int) -> [SessionID] {
        let live = self.kids.withLock { all in all.map { kids.contains($0) } }
        var found: [SessionID] = []
        for shard in shards where found.count < limit {
            shard.sessions.withLock { sessions in
                for (position, end) in sessions.ends.enumerated() where found.count < limit {
                    // A key that came after the question is none of those that ended.
                    let key = Int(end.key)
                    if key < live.count, !live[key] { found.append(sessions.rows[position].id) }
                }
            }
        }
        return found
    }

    /// Drops every session, of one agent or of all.
    func removeAll(of agent: AgentID? = nil) {
        for shard in shards {
            shard.sessions.withLock { sessions in
                if let agent {
                    sessions.removeAll { row, _ in row.agentID == agent }
                } else {
                    sessions = SessionShard()
                }
            }
        }
    }

    /// Drops every session but these.
    func removeAll(but kept: Set<SessionID>) {
        for shard in shards {
            shard.sessions.withLock { sessions in sessions.removeAll { row, _ in !kept.contains(row.id) } }
        }
    }

    /// Drops what has ended by time.
    func sweep(at now: WallTime) {
        let limit = now - SessionLimits.leeway
        for shard in shards {
            shard.sessions.withLock { sessions in
                sessions.removeAll { _, end in end.expiresAt < limit }
                sessions.forgetTokensBefore(at: now)
            }
        }
    }

    /// How many live sessions' tokens each key signed.
    func countByKey(at now: WallTime) -> [KeyID: Int] {
        var counts: [Int] = []
        for shard in shards {
            shard.sessions.withLock { sessions in
                // Neighbours mostly have one key: counted in runs, a million of them cost little more than reading them.
                var (key, run) = (UInt32(0), 0)
                for end in sessions.ends where now <= end.expiresAt {
                    if end.key != key {
                        Self.add(run, of: key, to: &counts)
                        (key, run) = (end.key, 0)
                    }
                    run &+= 1
                }
                Self.add(run, of: key, to: &counts)
            }
        }
        return kids.withLock { kids in
            Dictionary(uniqueKeysWithValues: zip(kids, counts).filter { $0.1 > 0 })
        }
    }

    private static func add(_ run: Int, of key: UInt32, to counts: inout [Int]) {
        guard run > 0 else { return }
        while counts.count <= Int(key) { counts.append(0) }
        counts[Int(key)] += run
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

    private final class Shard: Sendable {
        let sessions = Mutex(SessionShard())
    }
}
