import Testing
import WaiaasCore
import WaiaasTestSupport

@testable import WaiaasStorageRedis

@Suite(.serialized) struct BehaviourTests {
    private static let server = Result { try RedisServer() }

    @Test(arguments: StoreBehaviour.all)
    func `a store that shares a log keeps what its port promises`(behaviour: StoreBehaviour) async throws {
        let shared = try await SharedStore(on: try Self.server.get(), "one \(behaviour)", hears: false)
        try await behaviour.check(shared.store)
        #expect(shared.incidents == [])
    }

    @Test(arguments: StoreBehaviour.all)
    func `two stores that take turns keep what one alone promises`(behaviour: StoreBehaviour) async throws {
        let server = try Self.server.get()
        let first = try await SharedStore(on: server, "two \(behaviour)", hears: false)
        let second = try await SharedStore(on: server, "two \(behaviour)", joining: first, hears: false)
        try await behaviour.check(AlternatingStore([first, second]))
        #expect(first.incidents + second.incidents == [])
    }
}
