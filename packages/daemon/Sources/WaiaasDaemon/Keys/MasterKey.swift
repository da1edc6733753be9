import WaiaasCore
import WaiaasCrypto

/// The random key that everything at rest is sealed under, one derived key for each purpose (design 2.1).
///
/// It is wrapped under the master password; a password is right if it unwraps it.
struct MasterKey: Sendable {
    private let bytes: SecretBytes

    /// A master key as it was unwrapped.
    init(_ bytes: SecretBytes) {
        self.bytes = bytes
    }

    /// The key that seals one purpose's values.
    ///
    /// - Throws: ``CryptoError`` if the library fails.
    func sealingKey(for purpose: Purpose) throws(CryptoError) -> SealingKey {
        try SealingKey(master: bytes, purpose: purpose.rawValue)
    }

    /// The key wrapped under a password.
    func wrapped(by password: SecretBytes) throws -> WrappedMasterKey { try WrappedMasterKey(wrapping: bytes, password: password) }

    /// A key for one purpose that does more than seal values.
    func key(for purpose: Purpose) throws(CryptoError) -> SecretBytes { try Derivation.key(from: bytes, purpose: purpose.rawValue) }

    /// What sealed values are for; part of how their key is derived.
    enum Purpose: String {
        /// The secrets of the session ring.
        case sessionRing = "waiaas session ring v1"
        /// The key pairs of the user ring.
        case userRing = "waiaas user ring v1"
        /// The event keys, their rotation and their consumers.
        case eventRing = "waiaas event ring v1"
        /// The private half of the audit ring.
        case auditRing = "waiaas audit ring v1"
        /// The keys of backups.
        case backup = "waiaas backup v1"
        /// The entries of the log that daemons share, and the copies beside it.
        case sharing = "waiaas sharing v1"
    }
}
