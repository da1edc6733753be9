import Testing
import WaiaasCore
import WaiaasStorageSQLite
import WaiaasStorageTestSupport
import WaiaasTestSupport

/// A copy of the database while it is being written.
@Suite struct SnapshotTests {
    let temporary: TemporaryStore
    var store: SQLiteStore { temporary.store }

    init() throws {
        temporary = try TemporaryStore()
    }

    private func records(of path: String) async throws -> [AuditRecord] {
        let copy = try SQLiteStore.open(path: path, .existing, backups: temporary.directory)
        defer { try? copy.close() }
        #expect(try await copy.findings() == [])
        return try await copy.read { try $0.auditRecords(after: 0, limit: .max) }
    }

    @Test func `it holds what was committed when it was begun, in order, and writing goes on meanwhile`() async throws {
        let sample = Sample()
        let writing = Task { [store] in
            for _ in 0..<300 {
                try await store.write({ try $0.append(sample.record(after: try $0.auditHead())) }, committed: { _ in })
            }
        }
        var lengths: [Int] = []
        for number in 0..<5 {
            let before = try await store.read { try $0.auditHead().sequence }
            try await store.snapshot(to: temporary.directory, name: "copy-\(number)")
            let path = "\(temporary.directory)/copy-\(number)"
            let found = try await records(of: path)
            #expect(Int64(found.count) >= before)
            #expect(found.map(\.sequence) == (0..<found.count).map { Int64($0) + 1 })
            #expect(Files.mode(path) == 0o600)
            lengths.append(found.count)
        }
        try await writing.value
        #expect(lengths == lengths.sorted())
        try await store.snapshot(to: temporary.directory, name: "copy-4")
        #expect(try await records(of: "\(temporary.directory)/copy-4").count == 300, "a file of the same name is replaced")
        #expect(store.fault == nil, "reading it is no foreign write")
    }

    @Test func `it cannot be written where there is nothing to write into`() async throws {
        await #expect(throws: StoreError.self) { try await store.snapshot(to: temporary.directory + "/none", name: "x") }
    }
}
