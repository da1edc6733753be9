/// Why a daemon could not be put together, beyond what its parts say.
enum DaemonError: Error, Equatable {
    /// The system has no thread left.
    case noThread
}
