import Testing
import WaiaasCore
import WaiaasStorageTestSupport
import WaiaasTestSupport

@testable import WaiaasStorageSQLite

@Suite struct SettingsTests {
    @Test func `each connection has the settings that durability and secrecy need`() throws {
        let temporary = try TemporaryStore()
        let writer = try Connection(path: temporary.path)
        try writer.applyCommonSettings()
        try writer.applyWriterSettings(pageLimit: nil)
        #expect(try writer.number(of: "PRAGMA synchronous") == 2)
        #expect(try writer.number(of: "PRAGMA wal_autocheckpoint") == 0)
        let reader = try Connection(path: temporary.path)
        try reader.applyCommonSettings()
        try reader.applyReaderSettings()
        #expect(try reader.number(of: "PRAGMA query_only") == 1)
        for connection in [writer, reader] {
            #expect(try connection.number(of: "PRAGMA foreign_keys") == 1)
            #expect(try connection.number(of: "PRAGMA secure_delete") == 1)
            #expect(try connection.number(of: "PRAGMA trusted_schema") == 0)
            #expect(try connection.number(of: "PRAGMA cell_size_check") == 1)
            #expect(try connection.number(of: "PRAGMA recursive_triggers") == 1)
            #expect(try connection.number(of: "PRAGMA temp_store") == 2)
        }
        #expect(throws: StoreError.self) { try reader.execute("DELETE FROM system_state") }
    }

    @Test func `what is removed does not stay in the file`() async throws {
        let temporary = try TemporaryStore()
        let secret = "a value that must not be found again"
        try await temporary.store.write({ try $0.setState(.jwtSecretPrevious, to: secret) }, committed: { _ in })
        try await temporary.store.write({ try $0.setState(.jwtSecretPrevious, to: nil) }, committed: { _ in })
        try temporary.store.close()
        let bytes = Files.read(temporary.path)
        #expect(bytes.count > 4_096)
        #expect(bytes.contains(Array(secret.utf8)) == false)
    }

    @Test(arguments: [
        "UPDATE audit_log SET event = 'X'", "DELETE FROM audit_log", "INSERT OR REPLACE INTO audit_log SELECT * FROM audit_log",
        "UPDATE audit_checkpoints SET time = 0", "DELETE FROM audit_checkpoints", "UPDATE audit_keys SET created_at = 0",
        "DELETE FROM audit_keys",
    ])
    func `nothing of the audit is changed or removed`(statement: String) async throws {
        let temporary = try TemporaryStore()
        let sample = Sample()
        let bytes = [UInt8](repeating: 1, count: 64)
        try await temporary.store.write(
            { transaction in
                try transaction.append(sample.record(after: .empty))
                try transaction.append(
                    AuditCheckpoint(sequence: 1, hash: sample.digest(), time: Sample.start, kid: sample.kid(), signature: bytes))
                try transaction.append(
                    AuditPublicKey(kid: sample.kid(), bytes: Array(bytes[..<32]), createdAt: Sample.start, voucher: nil))
            }, committed: { _ in })
        try temporary.store.close()
        let connection = try Connection(path: temporary.path)
        try connection.applyCommonSettings()
        #expect { try connection.execute(statement) } throws: { error in
            if case StoreError.ruleBroken(let text) = error { text.contains("append-only") } else { false }
        }
    }
}
