import CProcess
import Glibc

/// What a process that holds keys forbids itself and others. Applied before anything secret is read.
public enum ProcessHardening {
    /// What `pgrep` finds the daemon by; a daemon in the background, run from `/proc/self/exe`, would be called `exe`.
    static let name = "waiaas"

    /// Applies everything that the system allows.
    ///
    /// No core dumps, no crash reports; in release builds no other process of the user may read this one's memory (in debug builds a debugger may); files
    /// are made for this user alone; a peer that goes away is an error of the write and not the end of the process.
    ///
    /// - Parameter descriptors: how many files and connections may be open, as far as the hard limit goes.
    /// - Returns: what could not be had, each as a sentence for the log.
    public static func apply(descriptors: Int) -> [String] {
        var warnings = [String]()
        if waiaas_name_process(name) != 0 { warnings.append("the process cannot be named: \(SystemFault.last.reason)") }
        umask(0o077)
        signal(SIGPIPE, SIG_IGN)
        // Swift's report of a crash prints registers and the memory they point at, and its handler outlives a signal from outside.
        for crash in [SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV] { signal(crash, SIG_DFL) }
        if waiaas_forbid_core_dumps() != 0 { warnings.append("core dumps cannot be forbidden: \(SystemFault.last.reason)") }
        #if !DEBUG
            if waiaas_set_dumpable(false) != 0 { warnings.append("memory cannot be closed to debuggers: \(SystemFault.last.reason)") }
        #endif
        let limit = waiaas_raise_descriptor_limit(UInt(clamping: descriptors))
        if limit < descriptors { warnings.append("only \(limit) files and connections may be open at once, not \(descriptors)") }
        return warnings
    }
}
