import Glibc

/// The log's way out: standard error, which a start in the background leads into `logs/daemon.log`.
enum StandardError {
    /// Writes one line in one call, so that lines of several threads do not mix.
    ///
    /// A log that cannot be written is no reason to stop serving; nothing more can be said anywhere.
    @Sendable static func write(_ line: [UInt8]) {
        _ = line.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
