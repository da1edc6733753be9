import Testing
import WaiaasCore
import WaiaasStorageSQLite
import WaiaasStorageTestSupport
import WaiaasTestSupport

@Suite struct DamagedValueTests {
    @Test(arguments: [
        ("kid", "'not a kid!'"), ("kid", "''"), ("usage_amount", "'-1'"), ("usage_amount", "'01'"), ("usage_count", "-1"),
        ("constraints", "'{}x'"), ("constraints", "'[]'"), ("constraints", "'{\"other\":\"1\"}'"),
        ("constraints", "'{\"maxTransactions\":1}'"), ("constraints", "'{\"maxTransactions\":\"x\"}'"),
        ("constraints", "'{\"allowedOperations\":[1]}'"), ("constraints", "CAST(x'ff' AS TEXT)"), ("token_hash", "x'00'"), ("jti", "x''"),
        ("agent_id", "x'00'"), ("hash_before_works_until", "1"), ("time_to_live", "-1"), ("renewal_count", "-1"), ("max_renewals", "-1"),
    ])
    func `a session with an impossible value is reported by table and column`(column: String, value: String) async throws {
        let temporary = try TemporaryStore()
        let sample = Sample()
        let agent = try sample.agent("robot")
        let session = sample.session(of: agent.id)
        try await temporary.store.write(
            { transaction in
                _ = try transaction.insert(agent)
                try transaction.insert(session)
            }, committed: { _ in })
        try RawConnection(temporary.path).execute("PRAGMA ignore_check_constraints = ON; UPDATE sessions SET \(column) = \(value)")
        do {
            _ = try await temporary.store.read { try $0.session(session.id) }
            Issue.record("the value was read")
        } catch StoreError.damaged(table: "sessions", column: column, reason: _) {}
    }

    @Test(arguments: [("name", "'no name'"), ("name", "'..'"), ("suspension_reason", "'without a suspension'")])
    func `an agent with an impossible value is reported by table and column`(column: String, value: String) async throws {
        let temporary = try TemporaryStore()
        let agent = try Sample().agent("robot")
        _ = try await temporary.store.write({ try $0.insert(agent) }, committed: { _ in })
        try RawConnection(temporary.path).execute("PRAGMA ignore_check_constraints = ON; UPDATE agents SET \(column) = \(value)")
        do {
            _ = try await temporary.store.read { try $0.agent(agent.id) }
            Issue.record("the value was read")
        } catch StoreError.damaged(table: "agents", column: column, reason: _) {}
    }
}
