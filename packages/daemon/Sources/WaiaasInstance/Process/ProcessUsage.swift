import Glibc

/// What this process uses of the machine.
public struct ProcessUsage: Equatable, Sendable {
    /// Memory that is in use and in RAM, in bytes.
    public let residentBytes: UInt64
    /// Processor time of user and system, in seconds.
    public let processorSeconds: Double
    /// Open files, sockets and pipes.
    public let descriptors: Int
    /// How many there may be.
    public let descriptorLimit: UInt64

    /// What it uses now; nil where `/proc` cannot be read.
    public static func now() -> ProcessUsage? {
        guard let pages = residentPages(), let descriptors = openDescriptors() else { return nil }
        var usage = rusage()
        var limit = rlimit()
        guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0,
            getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
        else { return nil }
        return ProcessUsage(
            residentBytes: pages &* UInt64(clamping: sysconf(Int32(_SC_PAGESIZE))),
            processorSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime), descriptors: descriptors,
            descriptorLimit: UInt64(limit.rlim_cur))
    }

    /// The second number of `/proc/self/statm` (proc(5)).
    private static func residentPages() -> UInt64? {
        guard let file = try? OwnedDescriptor(path: "/proc/self/statm", O_RDONLY) else { return nil }
        var bytes = [UInt8](repeating: 0, count: 128)
        guard let count = try? retrying({ bytes.withUnsafeMutableBytes { read(file.number, $0.baseAddress, $0.count) } }) else {
            return nil
        }
        let numbers = String(decoding: bytes[0..<count], as: UTF8.self).split(separator: " ")
        return numbers.count > 1 ? UInt64(numbers[1]) : nil
    }

    private static func openDescriptors() -> Int? {
        guard let folder = opendir("/proc/self/fd") else { return nil }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        // Itself, and the two names every folder has.
        return max(0, count - 3)
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }
}
