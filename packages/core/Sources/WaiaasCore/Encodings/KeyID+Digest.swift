extension KeyID {
    /// The kid of a key pair: the SHA-256 of its canonical JWK (RFC 7638 section 3), as base64url.
    public init(thumbprint: Digest256) {
        text = Base64URL.encode(thumbprint.bytes)
    }

    /// The kid of a symmetric secret: the first 16 hex digits of an HMAC under it.
    public init(fingerprint: Digest256) {
        text = String(fingerprint.description.prefix(16))
    }
}
