import WaiaasCore
import WaiaasCrypto

/// What the user ring keeps of a key: the public half always, the pair while it signs or will sign.
struct UserKey: Sendable {
    /// What is published.
    let publicHalf: PublicJWK
    /// The pair; nil once the key signs no more: what is gone cannot be stolen.
    let pair: UserKeyPair?
    /// The public half, ready to verify.
    private let verification: any JWSVerificationKey

    /// A key that signs or will sign.
    init(_ pair: UserKeyPair) throws(CryptoError) {
        try self.init(publicHalf: pair.publicHalf, pair: pair)
    }

    /// A key as it was kept.
    init(publicHalf: PublicJWK, pair: UserKeyPair?) throws(CryptoError) {
        self.publicHalf = publicHalf
        self.pair = pair
        verification = try publicHalf.verificationKey()
    }

    private init(publicHalfOf key: UserKey) {
        publicHalf = key.publicHalf
        pair = nil
        verification = key.verification
    }

    /// The same key without its private half.
    var withoutPrivateHalf: UserKey { UserKey(publicHalfOf: self) }

    /// The payload of a token that this key signed.
    func payload(of token: JWS) throws(JWSError) -> [UInt8] { try token.payload(verifiedBy: verification) }
}

/// The ring of the key pairs that sign user tokens.
typealias UserRing = KeyRing<UserKey>
