import WaiaasCore
import WaiaasCrypto

/// What a bearer sends: a compact JWS. Nothing that this process did not sign may ever verify.
enum TokenFuzz {
    private static let secret = try? SigningSecret(SecretBytes.random(count: 32))

    @Sendable static func run(_ bytes: [UInt8]) {
        _ = try? PublicJWK(parsing: bytes)
        guard let token = try? JWS(parsing: bytes) else { return }
        promise(bytes.count <= JWS.longest, "a token that is too long is refused")
        guard let secret else { return promise(false, "there is randomness") }
        promise((try? token.payload(verifiedBy: secret)) == nil, "a token of nobody does not verify")
        // The header and payload of a stranger, signed: it verifies, and gives back the same payload.
        guard let signed = try? JWS.sign(token.unverifiedPayload, with: secret), let own = try? JWS(parsing: signed) else {
            return promise(token.unverifiedPayload.count > JWS.longest / 2, "a payload that was read can be signed and read")
        }
        promise((try? own.payload(verifiedBy: secret)) == token.unverifiedPayload, "what was signed verifies")
    }
}
