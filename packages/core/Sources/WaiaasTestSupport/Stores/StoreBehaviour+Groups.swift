import Synchronization
import WaiaasCore

extension StoreBehaviour {
    static let groups = [
        StoreBehaviour("memory is changed before the answer, and not when the change fails") { store in
            let order = Journal()
            try await store.write({ try $0.setState(.auditKey, to: "x") }, committed: { order.note("committed") })
            order.note("answered")
            try expect(order.notes, ["committed", "answered"])
            try await expect({ $0 == .diskFull }) {
                try await store.write(
                    { transaction in
                        try transaction.setState(.auditKey, to: "y")
                        throw StoreError.diskFull
                    }, committed: { order.note("never") })
            }
            try expect(order.notes, ["committed", "answered"])
            try expect(try await store.read { try $0.state(.auditKey) }, "x")
        },
        StoreBehaviour("of many changes at once those that fail are undone alone") { store in
            let sample = Sample()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<50 {
                    let agent = try sample.agent("robot-\(number)")
                    group.addTask {
                        do {
                            try await store.write { transaction in
                                _ = try transaction.insert(agent)
                                try transaction.append(sample.record(after: try transaction.auditHead(), agentID: agent.id))
                                if number % 3 == 0 { throw StoreError.closed }
                            }
                        } catch StoreError.closed {}
                    }
                }
                try await group.waitForAll()
            }
            try expect(try await store.read { try $0.agentCounts().active }, 33)
            let records = try await store.read { try $0.auditRecords(after: 0, limit: 100) }
            try expect(records.map(\.sequence), Array(1...33))
        },
        StoreBehaviour("a change that is alone does all that a change does") { store in
            let order = Journal()
            try await store.writeAlone({ try $0.setState(.sessionRingEpoch, to: "1") }, committed: { order.note("committed") })
            try expect(order.notes, ["committed"])
            try await expect({ $0 == .closed }) {
                try await store.writeAlone(
                    { transaction in
                        try transaction.setState(.sessionRingEpoch, to: "2")
                        throw StoreError.closed
                    }, committed: { order.note("never") })
            }
            try expect(try await store.read { try $0.state(.sessionRingEpoch) }, "1")
        },
        StoreBehaviour("nothing works after closing") { store in
            try store.close()
            try await expect({ $0 == .closed }) { try await store.write { try $0.setState(.auditKey, to: "x") } }
            try await expect({ $0 == .closed }) { try await store.read { try $0.state(.auditKey) } }
            try await expect({ $0 == .closed }) { try store.footprint() }
            try await expect({ $0 == .closed }) { try store.close() }
        },
    ]
}

/// What happened, in order.
public final class Journal: Sendable {
    private let entries = Mutex<[String]>([])

    /// An empty journal.
    public init() {}

    /// Writes one entry.
    public func note(_ entry: String) { entries.withLock { $0.append(entry) } }

    /// All entries.
    public var notes: [String] { entries.withLock { $0 } }
}
