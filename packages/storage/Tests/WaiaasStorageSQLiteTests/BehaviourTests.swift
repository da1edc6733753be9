import Testing
import WaiaasStorageTestSupport
import WaiaasTestSupport

@Suite struct BehaviourTests {
    @Test(arguments: StoreBehaviour.all)
    func `the store keeps what its port promises`(behaviour: StoreBehaviour) async throws {
        let temporary = try TemporaryStore()
        try await behaviour.check(temporary.store)
    }
}
