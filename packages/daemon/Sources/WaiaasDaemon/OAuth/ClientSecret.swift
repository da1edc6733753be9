import WaiaasCore
import WaiaasCrypto

/// The secret of an OAuth client as it is handed out once: `wai_oc_` and 256 random bits in base64url. Only its SHA-256 is kept.
struct ClientSecret: Sendable {
    /// What every one begins with: a mark for secret scanners.
    static let prefix = "wai_oc_"

    /// The whole text.
    let text: String

    /// A fresh one.
    static func fresh() throws(CryptoError) -> ClientSecret {
        ClientSecret(text: prefix + Base64URL.encode(try SecureRandom.bytes(32)))
    }

    /// One that somebody presents.
    init(text: String) {
        self.text = text
    }

    /// What is kept of it.
    var hash: Digest256 { SHA256.digest(Array(text.utf8)) }
}
