import Glibc
import Testing
import WaiaasCore
import WaiaasStorageTestSupport

@testable import WaiaasStorageSQLite

@Suite struct LeftoverTests {
    @Test func `what an init leaves that was cut short was never used, whatever stands in its state`() async throws {
        let temporary = try TemporaryStore()
        #expect(try !SQLiteStore.wasUsed(path: temporary.path + ".missing"))
        try await temporary.store.write({ try $0.setState(.auditKey, to: "x") }, committed: { _ in })
        try temporary.store.close()
        #expect(try !SQLiteStore.wasUsed(path: temporary.path))
        try RawConnection(temporary.path).execute(
            """
            INSERT INTO audit_log VALUES (1, 0, 'INITIALIZED', 'cli', NULL, NULL, NULL, '', zeroblob(32), zeroblob(32), zeroblob(32));
            """)
        #expect(try !SQLiteStore.wasUsed(path: temporary.path))
    }

    @Test(arguments: [
        "INSERT INTO audit_log VALUES (1, 0, 'A', 'x', NULL, NULL, NULL, '', zeroblob(32), zeroblob(32), zeroblob(32)), "
            + "(2, 0, 'B', 'x', NULL, NULL, NULL, '', zeroblob(32), zeroblob(32), zeroblob(32))",
        "INSERT INTO agents VALUES (zeroblob(16), 'trader', NULL, NULL, 0, 0, 0)",
    ])
    func `an agent or a second record is use`(change: String) throws {
        let temporary = try TemporaryStore()
        try temporary.store.close()
        try RawConnection(temporary.path).execute(change)
        #expect(try SQLiteStore.wasUsed(path: temporary.path))
    }

    @Test func `a foreign or damaged database is an error, not unused`() throws {
        let temporary = try TemporaryStore()
        try temporary.store.close()
        try RawConnection(temporary.path).execute("PRAGMA application_id = 1")
        #expect(throws: StoreError.self) { try SQLiteStore.wasUsed(path: temporary.path) }
    }

    @Test(arguments: [(Int32(ENOSPC), true), (EDQUOT, true), (EIO, false), (0, false)])
    func `a write without room is a full disk`(systemCode: Int32, isFull: Bool) {
        let (write, index, sync) = (Int32(778), Int32(4_874), Int32(1_034))
        for code in [write, index] {
            let error = StoreError(sqlite: code, message: "disk I/O error", systemCode: systemCode, during: "COMMIT")
            #expect((error == .diskFull) == isFull)
        }
        // Nobody knows what a failed sync has left on the disk.
        #expect(StoreError(sqlite: sync, message: "disk I/O error", systemCode: systemCode, during: "COMMIT") != .diskFull)
    }
}
