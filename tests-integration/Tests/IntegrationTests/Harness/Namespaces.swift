import Glibc

/// Namespaces of the kernel that a test makes for itself with `unshare`.
enum Namespaces {
    /// Tries something in namespaces of its own.
    ///
    /// - Parameters:
    ///   - words: what `unshare` is given: the kinds of namespaces, and the command.
    ///   - refusal: what it means if the command fails.
    /// - Returns: why tests that need it are skipped; nil if it can be done.
    static func trial(_ words: [String], else refusal: String) -> String? {
        guard let unshare = Binary.tool("unshare"), Binary.hasTool("nsenter") else { return "unshare and nsenter are not installed" }
        var pid: pid_t = 0
        var words: [UnsafeMutablePointer<CChar>?] = ([unshare] + words).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        guard posix_spawn(&pid, unshare, nil, nil, &words, nil) == 0 else { return "unshare cannot be run" }
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        return status == 0 ? nil : refusal
    }
}
