/// Why a server cannot start.
public enum HTTPServerError: Error, Equatable {
    /// Another socket listens on `address` already.
    case addressInUse(address: String)
    /// This process may not listen on `address` (a port below 1024, or a directory it cannot write).
    case permissionDenied(address: String)
    /// No interface of this machine has `address`.
    case addressNotAvailable(address: String)
    /// `address` is not an IPv4 or IPv6 address; names are not looked up.
    case invalidAddress(address: String)
    /// `name` is taken by a file that is not a socket; it is left alone.
    case notASocket(name: String)
    /// A system call failed.
    case system(call: String, code: Int32)
    /// The limit on open files leaves no descriptor for a connection.
    case tooFewDescriptors(limit: Int)
    /// The library could not start its threads.
    case library
    /// `start` was called twice.
    case alreadyStarted
}
