import Testing
import WaiaasCore
import WaiaasStorageSQLite
import WaiaasStorageTestSupport
import WaiaasTestSupport

@Suite struct FaultTests {
    @Test func `a full disk fails changes, keeps what was answered, and heals when there is room`() async throws {
        let temporary = try TemporaryStore(pageLimit: 60)
        let store = temporary.store
        try await store.write({ try $0.setState(.masterKey, to: "kept") }, committed: { _ in })
        let large = String(repeating: "x", count: 300_000)
        await #expect(throws: StoreError.diskFull) {
            try await store.write({ try $0.setState(.auditKey, to: large) }, committed: { _ in Issue.record("memory was changed") })
        }
        #expect(try await store.read { try $0.state(.masterKey) } == "kept")
        #expect(try await store.read { try $0.state(.auditKey) } == nil)
        #expect(store.fault == nil)
        try await store.write({ try $0.setState(.auditKey, to: "small") }, committed: { _ in })
        #expect(try await store.read { try $0.state(.auditKey) } == "small")
    }

    @Test func `a full disk fails the whole group that meets it, and the next group is made`() async throws {
        let temporary = try TemporaryStore(pageLimit: 60)
        let store = temporary.store
        let gate = Gate()
        let holding = Task { try await store.write({ _ in gate.pass() }, committed: { _ in }) }
        await gate.waitUntilReached()
        let texts = ["a", String(repeating: "x", count: 300_000), "b"]
        let changes = texts.enumerated().map { index, text in
            Task.immediate {
                try await store.write(
                    { try $0.setState(StateName.allCases[index], to: text) }, committed: { Issue.record("memory was changed") })
            }
        }
        gate.open()
        try await holding.value
        for change in changes { await #expect(throws: StoreError.diskFull) { try await change.value } }
        #expect(try await store.read { reading in try StateName.allCases.compactMap { try reading.state($0) } } == [])
        try await store.write({ try $0.setState(.masterKey, to: "a") }, committed: { _ in })
    }

    @Test func `a change by another process ends writing, and reading goes on`() async throws {
        let temporary = try TemporaryStore()
        let store = temporary.store
        try await store.write({ try $0.setState(.auditKey, to: "ours") }, committed: { _ in })
        #expect(store.fault == nil)
        try RawConnection(temporary.path).execute("UPDATE system_state SET value = 'theirs'")
        for _ in 0..<2 {
            await #expect(throws: StoreError.foreignWriter) {
                try await store.write({ try $0.setState(.auditKey, to: "x") }, committed: { _ in Issue.record("memory was changed") })
            }
        }
        #expect(store.fault == .foreignWriter)
        #expect(try await store.read { try $0.state(.auditKey) } == "theirs")
    }

    @Test func `a change by another process before the first of ours is noticed too`() async throws {
        let temporary = try TemporaryStore()
        try RawConnection(temporary.path).execute("INSERT INTO system_state VALUES ('audit_key', 'theirs')")
        await #expect(throws: StoreError.foreignWriter) { try await temporary.store.write({ _ in }, committed: { _ in }) }
    }

    @Test func `checkpoints of our own are not taken for another process`() async throws {
        let temporary = try TemporaryStore()
        let store = temporary.store
        // More than the log holds before it is folded in.
        for round in 0..<12 {
            let text = String(repeating: "\(round % 10)", count: 7_000_000)
            try await store.write({ try $0.setState(.auditKey, to: text) }, committed: { _ in })
        }
        #expect(store.fault == nil)
        #expect(try store.footprint().bytes > 6_000_000)
    }

    @Test func `a statement that breaks a rule leaves the writer as it was`() async throws {
        let temporary = try TemporaryStore()
        let store = temporary.store
        let session = Sample().session(of: try Sample().agent("nobody").id)
        do {
            try await store.write({ try $0.insert(session) }, committed: { _ in })
            Issue.record("a session of nobody was stored")
        } catch StoreError.ruleBroken(let text) {
            #expect(text.contains("FOREIGN KEY"))
        }
        try await store.write({ try $0.setState(.auditKey, to: "x") }, committed: { _ in })
    }
}
