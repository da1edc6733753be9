import WaiaasCore

extension StoreBehaviour {
    static let agents = [
        StoreBehaviour("an agent is found by its id and by its name") { store in
            let agent = try Sample().agent("Robot-1")
            try expect(try await store.write { try $0.insert(agent) }, true)
            try expect(try await store.read { try $0.agent(agent.id) }, agent)
            try expect(try await store.read { try $0.agent(named: agent.name) }, agent)
            try expect(try await store.read { try $0.agent(try Sample(seed: 2).agent("x").id) }, nil)
        },
        StoreBehaviour("a name is given once, in one spelling") { store in
            let sample = Sample()
            let (first, second, other) = (try sample.agent("robot"), try sample.agent("robot"), try sample.agent("Robot"))
            try expect(try await store.write { try $0.insert(first) }, true)
            try expect(try await store.write { try $0.insert(second) }, false)
            try expect(try await store.write { try $0.insert(other) }, true)
            try expect(try await store.read { try $0.agent(named: first.name) }, first)
            try expect(try await store.read { try $0.agent(second.id) }, nil)
        },
        StoreBehaviour("a suspension is stored with its time and its reason, and taken back") { store in
            let stored = try Sample().agent("robot")
            _ = try await store.write { try $0.insert(stored) }
            for status in [
                AgentStatus.suspended(since: Sample.start, reason: "lost"), .suspended(since: WallTime(milliseconds: 0), reason: nil),
                .active,
            ] {
                var agent = stored
                agent.status = status
                agent.updatedAt = Sample.start + .seconds(1)
                let changed = agent
                try await store.write { try $0.updateStatus(of: changed) }
                try expect(try await store.read { try $0.agent(changed.id) }, changed)
                let suspended = status.isSuspended ? 1 : 0
                try expect(try await store.read { try $0.agentCounts() }, AgentCounts(active: 1 - suspended, suspended: suspended))
            }
        },
        StoreBehaviour("changing an agent that is not there is refused") { store in
            let agent = try Sample().agent("nobody")
            try await expect({ if case .ruleBroken = $0 { true } else { false } }) {
                try await store.write { try $0.updateStatus(of: agent) }
            }
        },
        StoreBehaviour("agents are paged in the order of their ids, both ways") { store in
            let sample = Sample()
            let agents = try (0..<5).map { try sample.agent("robot-\($0)", at: Sample.start + .seconds($0)) }
            try await store.write { transaction in for agent in agents.shuffled() { _ = try transaction.insert(agent) } }
            for (order, expected) in [(PageRequest<Agent>.Order.ascending, agents), (.descending, agents.reversed())] {
                var found: [Agent] = []
                var page: [Agent] = []
                repeat {
                    let after = found.last?.id
                    page = try await store.read { try $0.agents(PageRequest(after: after, limit: 2, order: order)) }
                    found += page
                } while !page.isEmpty
                try expect(found, expected)
            }
            try expect(try await store.read { try $0.agents(PageRequest(after: nil, limit: 0, order: .ascending)) }, [])
        },
    ]

    static let places = [
        StoreBehaviour("an agent has as many places as the limit says, and no place without an agent") { store in
            let sample = Sample()
            let agent = try sample.agent("robot")
            let stranger = try sample.agent("stranger")
            _ = try await store.write { try $0.insert(agent) }
            for count in 0..<5 {
                let session = sample.session(of: agent.id)
                try expect(try await store.issue(session, limit: 3), count < 3)
            }
            try expect(try await store.issue(sample.session(of: agent.id), limit: 4), true)
            try expect(try await store.issue(sample.session(of: agent.id), limit: 0), false)
            try expect(try await store.issue(sample.session(of: stranger.id), limit: 3), false)
        },
        StoreBehaviour("a revoked session gives its place back once") { store in
            let sample = Sample()
            let agent = try sample.agent("robot")
            _ = try await store.write { try $0.insert(agent) }
            let (first, second) = (sample.session(of: agent.id), sample.session(of: agent.id))
            try expect(try await store.issue(first, limit: 2), true)
            try expect(try await store.issue(second, limit: 2), true)
            try expect(try await store.write { try $0.revoke(first.id, at: Sample.start) }, true)
            try expect(try await store.write { try $0.revoke(first.id, at: Sample.start) }, false)
            try expect(try await store.issue(sample.session(of: agent.id), limit: 2), true)
            try expect(try await store.issue(sample.session(of: agent.id), limit: 2), false)
        },
        StoreBehaviour("an ended session gives its place back at its last instant, and cannot be renewed into a second one") { store in
            let sample = Sample()
            let agent = try sample.agent("robot")
            _ = try await store.write { try $0.insert(agent) }
            let ended = sample.session(of: agent.id, lasting: .seconds(300))
            try expect(try await store.issue(ended, limit: 1), true)
            let next = sample.session(of: agent.id, at: Sample.start + .seconds(299))
            try expect(try await store.issue(next, limit: 1, at: ended.token.expiresAt - .milliseconds(1)), false)
            try expect(try await store.issue(next, limit: 1, at: ended.token.expiresAt), true)
            var renewed = ended
            renewed.token = sample.token(at: Sample.start + .seconds(301), lasting: .seconds(300))
            let late = renewed
            try expect(try await store.write { try $0.renew(late, presenting: ended.token.hash) }, false)
        },
        StoreBehaviour("removing a session frees its place, and rolling back takes it again") { store in
            let sample = Sample()
            let agent = try sample.agent("robot")
            _ = try await store.write { try $0.insert(agent) }
            let session = sample.session(of: agent.id, lasting: .seconds(300))
            try expect(try await store.issue(session, limit: 1), true)
            let later = session.token.expiresAt + .seconds(1)
            try await expect({ $0 == .closed }) {
                try await store.write { transaction in
                    try expect(try transaction.removeSessions(endedBefore: later, limit: 10), 1)
                    throw StoreError.closed
                }
            }
            try expect(try await store.issue(sample.session(of: agent.id), limit: 1, at: Sample.start), false)
            try expect(try await store.write { try $0.removeSessions(endedBefore: later, limit: 10) }, 1)
            try expect(try await store.issue(sample.session(of: agent.id), limit: 1, at: Sample.start), true)
        },
        StoreBehaviour("many who claim at once never get more than the limit") { store in
            let sample = Sample()
            let agent = try sample.agent("robot")
            _ = try await store.write { try $0.insert(agent) }
            let granted = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<64 {
                    let session = sample.session(of: agent.id)
                    group.addTask { try await store.issue(session, limit: 7) }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            try expect(granted, 7)
        },
    ]
}

extension Store {
    /// Claims a place and inserts the session, as issuing does; false if there is no place.
    func issue(_ session: Session, limit: Int, at now: WallTime? = nil) async throws -> Bool {
        try await write { transaction in
            let granted = try transaction.claimSessionPlace(for: session.agentID, limit: limit, at: now ?? session.createdAt)
            if granted { try transaction.insert(session) }
            return granted
        }
    }
}
