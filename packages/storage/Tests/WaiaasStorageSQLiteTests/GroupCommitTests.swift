import Synchronization
import Testing
import WaiaasCore
import WaiaasStorageSQLite
import WaiaasStorageTestSupport
import WaiaasTestSupport

@Suite struct GroupCommitTests {
    let temporary: TemporaryStore
    var store: SQLiteStore { temporary.store }

    init() throws {
        temporary = try TemporaryStore()
    }

    /// Runs `work` for each number while the writer is held, in this order, so that all of it lies in one batch.
    private func queue(_ count: Int, while gate: Gate = Gate(), _ work: @escaping @Sendable (Int) async throws -> Void) async throws {
        let holding = Task { try await store.write({ _ in gate.pass() }, committed: { _ in }) }
        await gate.waitUntilReached()
        let tasks = (0..<count).map { number in
            // A task made by `immediate` runs up to its first suspension right here: when it is in the queue.
            Task.immediate { try await work(number) }
        }
        gate.open()
        try await holding.value
        for task in tasks { try await task.value }
    }

    @Test func `all of a group are in memory before the first is answered, in the order of their coming`() async throws {
        let journal = Journal()
        try await queue(20) { [store] number in
            try await store.write({ try $0.setState(.auditKey, to: "\(number)") }, committed: { journal.note("committed \(number)") })
            journal.note("answered")
        }
        #expect(journal.notes.prefix(20) == ArraySlice((0..<20).map { "committed \($0)" }))
        #expect(journal.notes.count == 40)
        #expect(try await store.read { try $0.state(.auditKey) } == "19")
    }

    @Test func `a change sees those before it in its group, and a query sees none before the commit`() async throws {
        let seen = Journal()
        let read = try await store.read { try $0.state(.auditKey) }
        #expect(read == nil)
        try await queue(3) { [store] number in
            try await store.write(
                { transaction in
                    seen.note(try transaction.state(.auditKey) ?? "nothing")
                    try transaction.setState(.auditKey, to: "\(number)")
                }, committed: { _ in })
        }
        #expect(seen.notes == ["nothing", "0", "1"])
    }

    @Test func `one of a group that throws is undone alone, and its error is its own`() async throws {
        try await queue(5) { [store] number in
            let name = StateName.allCases[number]
            if number == 2 {
                await #expect(throws: StoreError.queueFull(limit: 7)) {
                    try await store.write(
                        { transaction in
                            try transaction.setState(name, to: "x")
                            throw StoreError.queueFull(limit: 7)
                        }, committed: { _ in Issue.record("memory was changed") })
                }
            } else {
                try await store.write({ try $0.setState(name, to: "x") }, committed: { _ in })
            }
        }
        let found = try await store.read { reading in try StateName.allCases.prefix(5).map { try reading.state($0) } }
        #expect(found == ["x", "x", nil, "x", "x"])
    }

    @Test(arguments: [true, false])
    func `a group is run again only for a change that has written and throws, and memory is changed once`(writes: Bool) async throws {
        let journal = Journal()
        try await queue(3) { [store] number in
            let change: @Sendable (any StoreTransaction) throws -> Void = { transaction in
                journal.note("run \(number)")
                if number != 1 || writes { try transaction.setState(StateName.allCases[number], to: "x") }
                if number == 1 { throw StoreError.queueFull(limit: 7) }
            }
            let committed: @Sendable () -> Void = { journal.note("committed \(number)") }
            if number == 1 {
                await #expect(throws: StoreError.queueFull(limit: 7)) { try await store.write(change, committed: committed) }
            } else {
                try await store.write(change, committed: committed)
            }
        }
        let once = ["run 0", "run 1", "run 2", "committed 0", "committed 2"]
        #expect(journal.notes == (writes ? ["run 0", "run 1"] : []) + once)
        let found = try await store.read { reading in try StateName.allCases.prefix(3).map { try reading.state($0) } }
        #expect(found == ["x", nil, "x"])
    }

    @Test func `a record of a group that is run again stands in the chain once`() async throws {
        let sample = Sample()
        try await queue(3) { [store] number in
            let change: @Sendable (any StoreTransaction) throws -> Void = { transaction in
                try transaction.append(sample.record(after: try transaction.auditHead()))
                if number == 1 { throw StoreError.queueFull(limit: 7) }
            }
            if number == 1 {
                await #expect(throws: StoreError.queueFull(limit: 7)) { try await store.write(change, committed: {}) }
            } else {
                try await store.write(change, committed: {})
            }
        }
        #expect(try await store.read { try $0.auditHead().sequence } == 2)
    }

    @Test func `a change that is alone comes after what was queued before and before what comes after`() async throws {
        let journal = Journal()
        try await queue(5) { [store] number in
            let change: @Sendable (any StoreTransaction) throws -> Void = { _ in journal.note("run \(number)") }
            let committed: @Sendable () -> Void = { journal.note("committed \(number)") }
            if number == 2 {
                try await store.writeAlone(change, committed: committed)
            } else {
                try await store.write(change, committed: committed)
            }
        }
        #expect(
            journal.notes == [
                "run 0", "run 1", "committed 0", "committed 1", "run 2", "committed 2", "run 3", "run 4", "committed 3", "committed 4",
            ])
    }

    @Test func `beyond the queue's length a change is refused at once, and the others are made`() async throws {
        let done = Mutex(0)
        let refused = Mutex(0)
        try await queue(1_030) { [store] _ in
            do {
                try await store.write({ _ in }, committed: { _ in done.withLock { $0 += 1 } })
            } catch StoreError.queueFull(limit: 1_024) {
                refused.withLock { $0 += 1 }
            }
        }
        #expect(done.withLock { $0 } == 1_024)
        #expect(refused.withLock { $0 } == 6)
    }

    @Test func `closing makes what was queued before it, and refuses what comes after`() async throws {
        let gate = Gate()
        let closing = Mutex<Task<Void, any Error>?>(nil)
        try await queue(5, while: gate) { [store] number in
            try await store.write({ try $0.setState(StateName.allCases[number], to: "x") }, committed: { _ in })
            let task = closing.withLock { task in
                if task == nil { task = Task.detached { try store.close() } }
                return task
            }
            try await task?.value
        }
        await #expect(throws: StoreError.closed) { try await store.write({ _ in }, committed: { _ in }) }
        let again = try SQLiteStore.open(path: temporary.path, backups: temporary.directory)
        let found = try await again.read { reading in try StateName.allCases.prefix(5).map { try reading.state($0) } }
        #expect(found == ["x", "x", "x", "x", "x"])
        try again.close()
    }

    @Test func `closing folds the log into the database and leaves one file`() async throws {
        try await store.write({ try $0.setState(.auditKey, to: "x") }, committed: { _ in })
        #expect(try store.footprint().logBytes > 0)
        try store.close()
        #expect(try RawConnection(temporary.path).value("SELECT value FROM system_state") == "x")
        #expect(Files.exist(temporary.path + "-wal") == false)
    }
}
