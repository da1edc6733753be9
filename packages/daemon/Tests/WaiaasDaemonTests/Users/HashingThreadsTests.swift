import Glibc
import Testing
import WaiaasCore
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite(.inTurns) struct HashingThreadsTests {
    @Test(arguments: [(1, 1), (2, 1), (3, 2), (64, 2)])
    func `they leave a processor to the others where there are two`(_ processors: Int, _ count: Int) {
        #expect(HashingThreads.count(on: processors) == count)
    }

    @Test func `what they do stands behind every other thread`() async throws {
        let threads = try HashingThreads(count: 1, waiting: 1)
        #expect(try await threads.run { getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0) } >= 10)
    }

    @Test func `an error of the work is its answer, and the thread goes on`() async throws {
        let threads = try HashingThreads(count: 1, waiting: 1)
        await #expect(throws: InboxError.closed) { try await threads.run { throw InboxError.closed } }
        #expect(try await threads.run { 42 } == 42)
    }
}
