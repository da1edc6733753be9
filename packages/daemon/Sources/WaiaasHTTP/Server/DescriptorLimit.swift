import Glibc

/// The limit on open descriptors of this process (`RLIMIT_NOFILE`).
public enum DescriptorLimit {
    /// The limit that is in force.
    public static var soft: Int { current().map { Int(clamping: $0.rlim_cur) } ?? 0 }

    /// Raises the limit in force to `wanted`, or as far as the hard limit allows; it never lowers it.
    ///
    /// Call it once, before servers start: each connection takes one descriptor.
    ///
    /// - Returns: The limit in force afterwards.
    public static func raise(to wanted: Int) -> Int {
        guard var limit = current(), limit.rlim_cur < rlim_t(clamping: wanted) else { return soft }
        limit.rlim_cur = min(rlim_t(clamping: wanted), limit.rlim_max)
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return soft
    }

    private static func current() -> rlimit? {
        var limit = rlimit()
        return getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 ? limit : nil
    }
}
