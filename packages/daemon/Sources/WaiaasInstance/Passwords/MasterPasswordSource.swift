import Synchronization
public import WaiaasCore
import WaiaasCrypto

/// A ``PasswordSource`` that reads when it is first asked and keeps the password until it is let go.
public final class MasterPasswordSource: PasswordSource {
    private let source: @Sendable () throws(PasswordFault) -> ReadPassword
    private let known = Mutex<ReadPassword?>(nil)

    /// What the operator should know about where the password will come from.
    public let warning: String?

    init(warning: String?, _ source: @escaping @Sendable () throws(PasswordFault) -> ReadPassword) {
        self.warning = warning
        self.source = source
    }

    /// The password; the place is read the first time only, since a pipe or a variable gives it once.
    public func password() throws(PasswordFault) -> ReadPassword {
        try known.withLock { (known) throws(PasswordFault) in
            if let known { return known }
            let read = try source()
            known = read
            return read
        }
    }

    /// Wipes the password that was read.
    public func letGo() { known.withLock { $0 = nil } }

    /// Lends the password's bytes.
    public func withPassword<Result>(_ body: (RawSpan) throws -> Result) throws -> Result {
        try password().bytes.withBytes(body)
    }
}
