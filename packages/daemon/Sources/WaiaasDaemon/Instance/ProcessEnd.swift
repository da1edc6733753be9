import Glibc
import WaiaasCore

/// The end of the process without any clean-up: for when cleaning up could do harm.
enum ProcessEnd {
    /// Ends the process.
    static func now(_ code: ExitCode) -> Never { _exit(code.rawValue) }
}
