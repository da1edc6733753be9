import Synchronization
import Testing
import WaiaasCore
import WaiaasStorageSQLite
import WaiaasStorageTestSupport

@Suite struct GroupCommitTests {
    @Test func `a change is answered after memory was changed, and is there to be read`() async throws {
        let temporary = try TemporaryStore()
        let memory = Mutex("")
        let answer = try await temporary.store.write(
            { transaction in
                try transaction.setState(.auditKey, to: "abc")
                return "answer"
            }, committed: { answer in memory.withLock { $0 = answer } })
        #expect(answer == "answer")
        #expect(memory.withLock { $0 } == "answer")
        #expect(try await temporary.store.read { try $0.state(.auditKey) } == "abc")
    }
}
