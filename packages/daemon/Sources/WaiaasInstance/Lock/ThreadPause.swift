import Glibc

/// Waiting by blocking the thread: for the start of a process, where nothing else runs yet.
public enum ThreadPause {
    /// Sleeps for a span; a signal cuts it short.
    public static func sleep(_ span: Duration) {
        let (seconds, attoseconds) = span.components
        var time = timespec(tv_sec: Int(clamping: max(0, seconds)), tv_nsec: Int(max(0, attoseconds) / 1_000_000_000))
        nanosleep(&time, nil)
    }
}
