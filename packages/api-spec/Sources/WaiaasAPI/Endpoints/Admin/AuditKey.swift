public import WaiaasCore

/// One public key of the audit ring.
public struct AuditKey: Message {
    /// The key.
    public let key: AuditPublicKey

    /// A key as it is stored.
    public init(_ key: AuditPublicKey) { self.key = key }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "The public half of a key of the audit ring, vouched for by the key before.",
        [
            Field("kid", \.key.kid, "Its RFC 7638 thumbprint."),
            Field("publicKey", { Base64URL.encode($0.key.bytes) }, "The Ed25519 public key.", schema: .string(.base64url(32))),
            Field("createdAt", \.key.createdAt, "When it was made."),
            .optional("signedBy", \.key.voucher?.kid, "The key before, which vouches for it; absent for the first."),
            .optional(
                "signature", { $0.key.voucher.map { Base64URL.encode($0.signature) } }, "The signature of the key before.",
                schema: .string(.base64url(64))),
        ])
    /// A second key.
    public static let example = AuditKey(
        AuditPublicKey(
            kid: Sample.kid, bytes: [UInt8](repeating: 0x2a, count: 32), createdAt: Sample.time,
            voucher: AuditPublicKey.Voucher(kid: Sample.previousKid, signature: Sample.signature)))

    /// Reads a key.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        var voucher: AuditPublicKey.Voucher?
        if let signer: KeyID = try object.optional("signedBy") {
            voucher = AuditPublicKey.Voucher(kid: signer, signature: try object.base64url("signature"))
        }
        key = AuditPublicKey(
            kid: try object.required("kid"), bytes: try object.base64url("publicKey"), createdAt: try object.required("createdAt"),
            voucher: voucher)
    }
}
