import CProcess
import Glibc
import Testing

@testable import WaiaasInstance

@Suite struct ProcessHardeningTests {
    @Test func `no core file, private files, no death by a closed pipe (SEC-07)`() async {
        await #expect(processExitsWith: .exitCode(77)) {
            let warnings = ProcessHardening.apply(descriptors: 64)
            var ends: [Int32] = [-1, -1]
            pipe(&ends)
            close(ends[0])
            var byte: UInt8 = 0
            let isBroken = write(ends[1], &byte, 1) == -1 && errno == EPIPE
            exit(warnings.isEmpty && waiaas_core_limit() == 0 && umask(0) == 0o077 && isBroken ? 77 : 1)
        }
    }

    @Test func `a crash ends the process without a report of its memory (SEC-07)`() async {
        await #expect(processExitsWith: .exitCode(77)) {
            let crashes = [SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV]
            for crash in crashes { signal(crash) { _ in } }
            _ = ProcessHardening.apply(descriptors: 64)
            let isDefault = crashes.allSatisfy { crash in
                var action = sigaction()
                return sigaction(crash, nil, &action) == 0 && action.__sigaction_handler.sa_handler == nil
            }
            exit(isDefault ? 77 : 1)
        }
    }

    @Test func `the process has the name of the program, whichever thread says so`() async {
        await #expect(processExitsWith: .exitCode(77)) {
            // On a thread of the pool, as a start does: what pgrep reads is the name of the main thread.
            await Task.detached { _ = ProcessHardening.apply(descriptors: 64) }.value
            let name = try BoundedFile.read("/proc/self/comm", limit: 64)
            exit(name == Array("waiaas\n".utf8) ? 77 : 1)
        }
    }

    @Test func `more descriptors than the hard limit allows is a warning with the figure`() async {
        await #expect(processExitsWith: .exitCode(77)) {
            let most = waiaas_raise_descriptor_limit(.max)
            let warnings = ProcessHardening.apply(descriptors: Int(most) + 1)
            exit(warnings == ["only \(most) files and connections may be open at once, not \(most + 1)"] ? 77 : 1)
        }
    }

    @Test func `memory can be closed to other processes (SEC-07)`() async {
        await #expect(processExitsWith: .exitCode(77)) {
            exit(waiaas_set_dumpable(false) == 0 && waiaas_dumpable() == 0 ? 77 : 1)
        }
    }
}
