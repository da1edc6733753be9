import WaiaasCore
import WaiaasCrypto

/// A refresh token as its owner holds it: `wai_rt_` and 256 random bits in base64url. It lives for one request.
struct PresentedRefreshToken: Sendable {
    /// What every one begins with: a mark for secret scanners.
    static let prefix = "wai_rt_"
    private static let byteCount = 32

    /// The whole text.
    let text: String
    /// What the store finds it by.
    let hash: Digest256
    private let secret: [UInt8]

    /// A fresh one.
    static func fresh() throws(CryptoError) -> PresentedRefreshToken {
        PresentedRefreshToken(secret: try SecureRandom.bytes(byteCount))
    }

    /// One that somebody presents; nil for a text of another shape.
    init?(_ text: String) {
        guard text.hasPrefix(Self.prefix), let secret = Base64URL.decode(String(text.dropFirst(Self.prefix.count))),
            secret.count == Self.byteCount
        else { return nil }
        self.init(secret: secret)
    }

    private init(secret: [UInt8]) {
        self.secret = secret
        text = Self.prefix + Base64URL.encode(secret)
        hash = SHA256.digest(Array(text.utf8))
    }

    /// The successor, so that only the holder of this token can open it: the key is derived from this token, which the store has not.
    func seal(_ successor: PresentedRefreshToken) throws(CryptoError) -> [UInt8] {
        var bytes = successor.secret
        return try Envelope.seal(try SecretBytes(consuming: &bytes, life: .request), with: try key(), in: context)
    }

    /// The successor that was sealed for this token.
    func open(_ sealed: [UInt8]) throws(CryptoError) -> PresentedRefreshToken {
        let bytes = try Envelope.open(sealed, with: try key(), in: context, life: .request)
        return PresentedRefreshToken(
            secret: bytes.withBytes { span in
                (0..<span.byteCount).map { unsafe span.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }
            })
    }

    private var context: SealContext { SealContext(table: "refresh_tokens", row: hash.description, column: "sealed_successor") }

    private func key() throws(CryptoError) -> SealingKey {
        var bytes = secret
        return try SealingKey(
            master: try SecretBytes(consuming: &bytes, life: .request), purpose: "waiaas refresh successor v1", life: .request)
    }
}
