public import WaiaasCore

/// The name under which a symmetric secret is known: its kid.
public enum SecretFingerprint {
    private static let label = Array("waiaas kid v1".utf8)

    /// The kid of a secret of any length: the first 16 hex digits of HMAC-SHA-256(the bytes that sign, "waiaas kid v1"). It is stable
    /// over restart, backup and restore, and tells nothing of the secret.
    public static func kid(of secret: SecretBytes) throws(CryptoError) -> KeyID {
        kid(of: try HMACSHA256(key: secret))
    }

    /// The kid of a secret that is ready to authenticate.
    public static func kid(of mac: HMACSHA256) -> KeyID {
        KeyID(fingerprint: mac.authenticate(label))
    }
}
