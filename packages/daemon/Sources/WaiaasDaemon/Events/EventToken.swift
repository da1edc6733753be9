import WaiaasCore
import WaiaasCrypto

/// The token of an event consumer as it is handed out once: `wai_evt_` and 256 random bits in base64url. Only its SHA-256 is kept.
struct EventToken: Sendable {
    /// What every one begins with: a mark for secret scanners.
    static let prefix = "wai_evt_"

    /// The whole text.
    let text: String

    /// A fresh one.
    static func fresh() throws(CryptoError) -> EventToken { EventToken(text: prefix + Base64URL.encode(try SecureRandom.bytes(32))) }

    /// What is kept of it.
    var hash: Digest256 { SHA256.digest(Array(text.utf8)) }
}
