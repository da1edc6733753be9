import Synchronization
import WaiaasCore

extension StoreBehaviour {
    static let sessions = [
        StoreBehaviour("a session comes back as it was stored, full or empty") { store in
            let sample = Sample()
            let agent = try sample.agent("robot")
            let empty = sample.session(of: agent.id)
            var full = Session(
                id: sample.session(of: agent.id).id, agentID: agent.id, token: sample.token(at: Sample.start, lasting: .seconds(300)),
                tokenBefore: TokenBefore(hash: sample.digest(), worksUntil: Sample.start + .milliseconds(59_999)),
                timeToLive: .seconds(300),
                constraints: SessionConstraints(
                    maxAmountPerTx: Amount("0.000000000000000001"), maxTotalAmount: Amount("123456789012345678901234567890"),
                    maxTransactions: .max, allowedOperations: ["pay", "", "quote \" back \\ \u{1}"], allowedDestinations: []),
                usage: SessionUsage(transactions: 7, amount: .zero, lastAt: WallTime(milliseconds: 0)), revokedAt: nil,
                renewalCount: 2, maxRenewals: 0, absoluteExpiresAt: Sample.start + .seconds(600), createdAt: Sample.start)
            full.revokedAt = Sample.start + .milliseconds(1)
            let stored = [empty, full]
            try await store.write { transaction in
                _ = try transaction.insert(agent)
                for session in stored { try transaction.insert(session) }
            }
            for session in stored { try expect(try await store.read { try $0.session(session.id) }, session) }
            try expect(try await store.read { try $0.session(Sample(seed: 9).session(of: agent.id).id) }, nil)
        },
        StoreBehaviour("a session of nobody, or with the id of another, is refused") { store in
            let sample = Sample()
            let agent = try sample.agent("robot")
            let session = sample.session(of: agent.id)
            try await expect({ if case .ruleBroken = $0 { true } else { false } }) {
                try await store.write { try $0.insert(session) }
            }
            try await store.write { transaction in
                _ = try transaction.insert(agent)
                try transaction.insert(session)
            }
            try await expect({ if case .ruleBroken = $0 { true } else { false } }) {
                try await store.write { try $0.insert(session) }
            }
        },
        StoreBehaviour("renewing takes the current hash, keeps the one before, and has one winner") { store in
            let sample = Sample()
            let agent = try sample.agent("robot")
            let session = sample.session(of: agent.id)
            try await store.write { transaction in
                _ = try transaction.insert(agent)
                try transaction.insert(session)
            }
            func renewed(_ session: Session) -> Session {
                var next = session
                next.tokenBefore = TokenBefore(hash: session.token.hash, worksUntil: Sample.start + .seconds(60))
                next.token = sample.token(at: Sample.start + .seconds(1), lasting: .seconds(3_600))
                next.renewalCount += 1
                return next
            }
            let (winner, loser, stranger) = (renewed(session), renewed(session), sample.digest())
            try expect(try await store.write { try $0.renew(winner, presenting: stranger) }, false)
            try expect(try await store.read { try $0.session(session.id) }, session)
            try expect(try await store.write { try $0.renew(winner, presenting: session.token.hash) }, true)
            try expect(try await store.write { try $0.renew(loser, presenting: session.token.hash) }, false)
            try expect(try await store.read { try $0.session(session.id) }, winner)
            _ = try await store.write { try $0.revoke(session.id, at: Sample.start) }
            let late = renewed(winner)
            try expect(try await store.write { try $0.renew(late, presenting: winner.token.hash) }, false)
        },
        StoreBehaviour("usage is stored, but not for a session that is not there") { store in
            let sample = Sample()
            let agent = try sample.agent("robot")
            var session = sample.session(of: agent.id)
            let usage = SessionUsage(transactions: 2, amount: Amount("0.5") ?? .zero, lastAt: Sample.start + .milliseconds(1))
            let id = session.id
            try await expect({ if case .ruleBroken = $0 { true } else { false } }) {
                try await store.write { try $0.updateUsage(usage, of: id) }
            }
            let first = session
            try await store.write { transaction in
                _ = try transaction.insert(agent)
                try transaction.insert(first)
                try transaction.updateUsage(usage, of: id)
            }
            session.usage = usage
            try expect(try await store.read { try $0.session(id) }, session)
        },
        StoreBehaviour("sessions are paged in the order of their ids, by agent and by life") { store in
            let sample = Sample()
            let agents = [try sample.agent("a"), try sample.agent("b")]
            // Of each agent: one live, one revoked, one ended; interleaved in time.
            var all: [Session] = []
            for step in 0..<6 {
                var session = sample.session(
                    of: agents[step % 2].id, at: Sample.start + .seconds(step), lasting: .seconds(step < 2 ? 10 : 3_600))
                if (2..<4).contains(step) { session.revokedAt = Sample.start + .seconds(step) }
                all.append(session)
            }
            let stored = all
            try await store.write { transaction in
                for agent in agents { _ = try transaction.insert(agent) }
                for session in stored { try transaction.insert(session) }
            }
            let now = Sample.start + .seconds(100)
            for order in PageRequest<Session>.Order.allCases {
                for agent in [nil, agents[0].id] {
                    for liveAt in [nil, now] {
                        var found: [Session] = []
                        var page: [Session] = []
                        repeat {
                            let after = found.last?.id
                            page = try await store.read {
                                try $0.sessions(PageRequest(after: after, limit: 1, order: order), agent: agent, liveAt: liveAt)
                            }
                            found += page
                        } while !page.isEmpty
                        let wanted = stored.filter {
                            (agent == nil || $0.agentID == agent) && (liveAt == nil || ($0.revokedAt == nil && $0.token.expiresAt > now))
                        }
                        try expect(found, order == .ascending ? wanted : wanted.reversed())
                    }
                }
            }
        },
    ]

    static let sessionEnds = [
        StoreBehaviour("the load at start sees every session that is neither revoked nor ended") { store in
            let sample = Sample()
            let agent = try sample.agent("robot")
            let now = Sample.start + .seconds(100)
            var live = sample.session(of: agent.id)
            live.tokenBefore = TokenBefore(hash: sample.digest(), worksUntil: now)
            var revoked = sample.session(of: agent.id)
            revoked.revokedAt = Sample.start
            let stored = [live, revoked, sample.session(of: agent.id, lasting: .seconds(100))]
            try await store.write { transaction in
                _ = try transaction.insert(agent)
                for session in stored { try transaction.insert(session) }
            }
            func traces(at now: WallTime) async throws -> [SessionTrace] {
                try await store.read { reading in
                    var traces: [SessionTrace] = []
                    try reading.forEachLiveSession(at: now) { traces.append($0) }
                    return traces
                }
            }
            try expect(try await traces(at: now), [SessionTrace(of: live)])
            try expect(try await traces(at: now - .milliseconds(1)).count, 2)
        },
        StoreBehaviour("all live sessions are revoked at once, of one agent or of all") { store in
            let sample = Sample()
            let agents = [try sample.agent("a"), try sample.agent("b")]
            let sessions = (0..<6).map { sample.session(of: agents[$0 % 2].id, lasting: .seconds($0 == 4 ? 10 : 3_600)) }
            try await store.write { transaction in
                for agent in agents { _ = try transaction.insert(agent) }
                for session in sessions { try transaction.insert(session) }
            }
            let now = Sample.start + .seconds(10)
            let ofFirst = try await store.write { try $0.revokeAll(of: agents[0].id, at: now) }
            try expect(ofFirst, 2)
            func revoked() async throws -> [Bool] {
                let ids = sessions.map(\.id)
                return try await store.read { store in try ids.map { try store.session($0)?.revokedAt != nil } }
            }
            try expect(try await revoked(), [true, false, true, false, false, false])
            try expect(try await store.read { try $0.session(sessions[0].id)?.revokedAt }, now)
            try expect(try await store.read { try $0.session(sessions[4].id)?.revokedAt }, nil)
            try expect(try await store.write { try $0.revokeAll(of: nil, at: now) }, 3)
            try expect(try await revoked(), [true, true, true, true, false, true])
            try expect(try await store.write { try $0.revokeAll(of: nil, at: now) }, 0)
            let next = sample.session(of: agents[1].id, at: now)
            try expect(try await store.issue(next, limit: 1), true)
        },
        StoreBehaviour("all live sessions are revoked however many there are") { store in
            let sample = Sample()
            let agents = [try sample.agent("many"), try sample.agent("few")]
            let sessions = (0..<20_003).map { sample.session(of: agents[$0 % 10_000 == 0 ? 1 : 0].id) }
            try await store.write { transaction in
                for agent in agents { _ = try transaction.insert(agent) }
                for session in sessions { try transaction.insert(session) }
            }
            func live() async throws -> Int {
                try await store.read { store in
                    var count = 0
                    try store.forEachLiveSession(at: Sample.start) { _ in count += 1 }
                    return count
                }
            }
            try expect(try await store.write { try $0.revokeAll(of: agents[0].id, at: Sample.start) }, 20_000)
            try expect(try await live(), 3)
            try expect(try await store.write { try $0.revokeAll(of: nil, at: Sample.start) }, 3)
            try expect(try await live(), 0)
        },
        StoreBehaviour("sessions that ended or were revoked before a time are removed, so many at a time") { store in
            let sample = Sample()
            let agent = try sample.agent("robot")
            var revoked = sample.session(of: agent.id)
            revoked.revokedAt = Sample.start + .seconds(5)
            let live = sample.session(of: agent.id)
            let stored = [revoked, live] + (1...3).map { sample.session(of: agent.id, lasting: .seconds($0)) }
            try await store.write { transaction in
                _ = try transaction.insert(agent)
                for session in stored { try transaction.insert(session) }
                let answer = RecordedAuthorization(question: Sample.question, deniedBy: nil, at: Sample.start)
                try transaction.record(answer, session: stored[2].id, requestID: "r")
            }
            func remove(before seconds: Int, limit: Int) async throws -> Int {
                try await store.write { try $0.removeSessions(endedBefore: Sample.start + .seconds(seconds), limit: limit) }
            }
            try expect(try await remove(before: 1, limit: 10), 0)
            try expect(try await remove(before: 5, limit: 2), 2)
            try expect(try await remove(before: 5, limit: 2), 1)
            try expect(try await remove(before: 5, limit: 2), 0)
            try expect(try await remove(before: 6, limit: 2), 1)
            let left = try await store.read {
                try $0.sessions(PageRequest(after: nil, limit: 10, order: .ascending), agent: nil, liveAt: nil)
            }
            try expect(left, [live])
        },
    ]

    static let authorizations = [
        StoreBehaviour("an answer is repeated for its request, as long as it is young enough") { store in
            let sample = Sample()
            let agent = try sample.agent("robot")
            let session = sample.session(of: agent.id)
            let denied = RecordedAuthorization(question: Sample.question, deniedBy: .maxTotalAmount, at: Sample.start)
            let allowed = RecordedAuthorization(question: Sample.question, deniedBy: nil, at: Sample.start + .seconds(1))
            try await store.write { transaction in
                _ = try transaction.insert(agent)
                try transaction.insert(session)
                try transaction.record(denied, session: session.id, requestID: "one")
                try transaction.record(allowed, session: session.id, requestID: "two")
            }
            func found(_ id: String, since: WallTime) async throws -> RecordedAuthorization? {
                try await store.read { try $0.authorization(session: session.id, requestID: id, since: since) }
            }
            try expect(try await found("one", since: Sample.start), denied)
            try expect(try await found("one", since: Sample.start + .milliseconds(1)), nil)
            try expect(try await found("two", since: Sample.start), allowed)
            try expect(try await found("three", since: Sample.start), nil)
            try await store.write { try $0.record(allowed, session: session.id, requestID: "one") }
            try expect(try await found("one", since: Sample.start), allowed)
        },
        StoreBehaviour("answers before a time are forgotten, so many at a time") { store in
            let sample = Sample()
            let agent = try sample.agent("robot")
            let session = sample.session(of: agent.id)
            try await store.write { transaction in
                _ = try transaction.insert(agent)
                try transaction.insert(session)
                for second in 0..<4 {
                    let answer = RecordedAuthorization(question: Sample.question, deniedBy: nil, at: Sample.start + .seconds(second))
                    try transaction.record(answer, session: session.id, requestID: "\(second)")
                }
            }
            func forget() async throws -> Int {
                try await store.write { try $0.forgetAuthorizations(before: Sample.start + .seconds(3), limit: 2) }
            }
            try expect([try await forget(), try await forget(), try await forget()], [2, 1, 0])
            let last = try await store.read { try $0.authorization(session: session.id, requestID: "3", since: Sample.start) }
            try expect(last?.at, Sample.start + .seconds(3))
        },
    ]
}
