/// Why a master key stays shut.
public enum WrappedMasterKeyError: Error, Equatable, Sendable {
    /// The line is whole, and the password is not the one.
    case wrongPassword
    /// The line has changed since it was written: restore it from a backup.
    case damaged
    /// The text is no wrapped master key; says which part.
    case malformed(String)
    /// The text was written by a newer release.
    case unknownVersion(String)
    /// The text asks for a cost outside of what is allowed.
    case parametersRefused(memoryKiB: Int, passes: Int)
    /// The derivation itself could not be made.
    case crypto(CryptoError)
}
