import Synchronization
import WaiaasCore
import WaiaasCrypto

/// The right password of the last quarter of an hour, kept as an HMAC under a random key of this boot's: it makes the next calls cheap.
final class RememberedPassword: Sendable {
    /// How long it is remembered after it was last unwrapped.
    private static let remembered = Duration.seconds(900)

    private let key: HMACSHA256
    private let kept = Mutex<(mac: Digest256, until: ContinuousTime)?>(nil)

    init() throws(CryptoError) {
        key = try HMACSHA256(key: try SecretBytes.random(count: 32))
    }

    /// Whether this is the password remembered.
    func holds(_ password: SecretBytes, at now: ContinuousTime) -> Bool {
        guard let kept = kept.withLock({ $0 }), now < kept.until else { return false }
        return password.withBytes { key.isValid(kept.mac, for: $0) }
    }

    /// Remembers a password that was found right.
    func keep(_ password: SecretBytes, at now: ContinuousTime) {
        let mac = password.withBytes { key.authenticate($0) }
        kept.withLock { $0 = (mac, now + Self.remembered) }
    }
}
