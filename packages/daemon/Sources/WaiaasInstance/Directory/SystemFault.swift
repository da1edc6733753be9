import Glibc
import WaiaasCore

/// An error number of the system, with its text.
struct SystemFault: Error, Hashable {
    let number: Int32

    /// The error of the call that just failed; read it before anything else is called.
    static var last: SystemFault { SystemFault(number: errno) }

    /// What the system says of it, for example `Permission denied`.
    var reason: String {
        var buffer = [CChar](repeating: 0, count: 128)
        guard strerror_r(number, &buffer, buffer.count) == 0 else { return "error \(number)" }
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

extension DataDirectoryError {
    /// What the system refused to do with a file.
    init(_ fault: SystemFault, at path: String) {
        self = fault.number == ENOSPC || fault.number == EDQUOT ? .full(path: path) : .system(path: path, reason: fault.reason)
    }
}

/// Runs a call again as long as a signal interrupts it.
///
/// - Throws: what the call left in `errno` when it returned a negative number.
@discardableResult
func retrying<Number: SignedInteger>(_ call: () -> Number) throws(SystemFault) -> Number {
    while true {
        let result = call()
        if result >= 0 { return result }
        let fault = SystemFault.last
        if fault.number != EINTR { throw fault }
    }
}
