import Glibc
import Synchronization
import Testing
import WaiaasCore

/// Threads of the system's own.
struct SystemThreadTests {
    @Test(arguments: [(SystemThread.Priority.ordinary, Int32(0)), (.low, 10)])
    func `a thread of low priority stands behind the others, and changes nothing for them`(_ priority: SystemThread.Priority, _ more: Int32)
        throws
    {
        let mine = getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0)
        let seen = Mutex<Int32?>(nil)
        let thread = try #require(
            SystemThread.start(priority: priority) { seen.withLock { $0 = getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0) } })
        thread.join()
        #expect(seen.withLock(\.self) == max(mine, more))
        #expect(getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0) == mine)
    }
}
