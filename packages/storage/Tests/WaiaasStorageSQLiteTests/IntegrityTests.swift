import Testing
import WaiaasCore
import WaiaasStorageSQLite
import WaiaasStorageTestSupport
import WaiaasTestSupport

@Suite struct IntegrityTests {
    private func filled() async throws -> TemporaryStore {
        let temporary = try TemporaryStore()
        let sample = Sample()
        let agent = try sample.agent("robot")
        try await temporary.store.write(
            { transaction in
                _ = try transaction.insert(agent)
                for _ in 0..<3 { try transaction.insert(sample.session(of: agent.id)) }
            }, committed: { _ in })
        return temporary
    }

    @Test func `a sound database has no findings`() async throws {
        let temporary = try await filled()
        #expect(try await temporary.store.findings() == [])
    }

    @Test(arguments: [
        ("UPDATE agents SET live_sessions = 2", "agent robot: the count of its sessions is off"),
        ("PRAGMA foreign_keys = OFF; DELETE FROM agents", "sessions names rows of agents that are not there"),
        ("PRAGMA ignore_check_constraints = ON; UPDATE sessions SET jti = x'00'", "CHECK constraint failed in sessions"),
    ])
    func `what somebody changed by hand is found`(change: String, finding: String) async throws {
        let temporary = try await filled()
        try RawConnection(temporary.path).execute(change)
        let findings = try await temporary.store.findings()
        #expect(findings.contains(finding), "\(findings)")
    }
}
