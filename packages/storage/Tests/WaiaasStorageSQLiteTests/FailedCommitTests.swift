import Glibc
import Testing
import WaiaasCore
import WaiaasStorageSQLite
import WaiaasStorageTestSupport

@Suite struct FailedCommitTests {
    /// In a process of its own, because the limit that makes the system refuse to write holds for the whole process.
    @Test func `after a commit that failed nothing more is written, memory is as before, and reading goes on`() async {
        await #expect(processExitsWith: .success) {
            let temporary = try TemporaryStore()
            let store = temporary.store
            try await store.write({ try $0.setState(.auditKey, to: "kept") }, committed: { _ in })
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 1, rlim_max: 1)
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            for _ in 0..<2 {
                do {
                    try await store.write({ try $0.setState(.auditKey, to: "lost") }, committed: { _ in exit(1) })
                    exit(2)
                } catch StoreError.writingStopped {}
            }
            guard case .writingStopped = store.fault else { exit(3) }
            guard try await store.read({ try $0.state(.auditKey) }) == "kept" else { exit(4) }
        }
    }
}
