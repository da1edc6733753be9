import Glibc

/// A signal that the daemon acts on.
public enum ProcessSignal: Hashable, Sendable {
    /// SIGTERM or SIGINT: stop; a second one, stop at once.
    case stop
    /// SIGHUP: read the configuration again.
    case reload

    init?(number: Int32) {
        switch number {
        case SIGTERM, SIGINT: self = .stop
        case SIGHUP: self = .reload
        default: return nil
        }
    }
}
