import Testing
import WaiaasCore
import WaiaasCrypto

@Suite("Signed tokens")
struct JWSTests {
    private let payload = Array(#"{"iss":"waiaas","exp":1700000000}"#.utf8)

    @Test func `what is signed verifies, and says with which key`() throws {
        let secret = try SigningSecret.generate()
        let jws = try JWS(parsing: JWS.sign(payload, with: secret))
        #expect(jws.header.algorithm == .hs256)
        #expect(jws.header.type == "JWT")
        #expect(jws.header.kid == secret.kid)
        #expect(try jws.payload(verifiedBy: secret) == payload)

        let key = try Ed25519PrivateKey.generate()
        let other = try JWS(parsing: JWS.sign(payload, with: key, type: "at+jwt"))
        #expect(other.header.algorithm == .edDSA)
        #expect(other.header.type == "at+jwt")
        #expect(other.header.kid == key.publicKey.kid)
        #expect(try other.payload(verifiedBy: key.publicKey) == payload)
    }

    @Test func `a token may be a part of a longer text`() throws {
        let secret = try SigningSecret.generate()
        let text = try Array("wai_sess_".utf8) + JWS.sign(payload, with: secret)
        #expect(try JWS(parsing: text.dropFirst(9)).payload(verifiedBy: secret) == payload)
    }

    @Test func `JWT-01 another secret does not verify it`() throws {
        let jws = try JWS(parsing: JWS.sign(payload, with: SigningSecret.generate()))
        #expect(throws: JWSError.authenticationFailure) { try jws.payload(verifiedBy: SigningSecret.generate()) }
    }

    @Test func `JWT-01 no token with one character changed verifies`() throws {
        let secret = try SigningSecret.generate()
        let token = try JWS.sign(payload, with: secret)
        for index in token.indices {
            var changed = token
            changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(throws: JWSError.self) { try JWS(parsing: changed).payload(verifiedBy: secret) }
            #expect(throws: JWSError.self) { try JWS(parsing: Array(token[..<index])).payload(verifiedBy: secret) }
        }
    }

    @Test func `JWT-03 a token that was MACed with a public key is refused by that key`() throws {
        let pair = try Ed25519PrivateKey.generate()
        let point = pair.publicKey.bytes
        let der: [UInt8] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00] + point
        for publicForm in [point, der, pair.publicKey.jwk.json, Array(Base64URL.encode(point).utf8)] {
            let token = try JWS.sign(payload, with: SigningSecret(.known(publicForm)))
            #expect(throws: JWSError.algorithmMismatch(token: .hs256, key: .edDSA)) {
                try JWS(parsing: token).payload(verifiedBy: pair.publicKey)
            }
        }
    }

    @Test func `JWT-02 the algorithm of the key decides, not that of the token`() throws {
        let secret = try SigningSecret.generate()
        let token = try JWS.sign(payload, with: Ed25519PrivateKey.generate())
        #expect(throws: JWSError.algorithmMismatch(token: .edDSA, key: .hs256)) { try JWS(parsing: token).payload(verifiedBy: secret) }
    }

    @Test(arguments: [0, 16, 31])
    func `JWT-13 a secret of less than 32 bytes is refused`(count: Int) throws {
        #expect(throws: CryptoError.keyTooShort(actual: count, minimum: 32)) { try SigningSecret(.random(count: count)) }
    }

    @Test func `KEY-10 the kid of a secret is the same for the same bytes, and is 16 hex digits`() throws {
        let secret = try SigningSecret(.known([UInt8](0..<32)))
        // HMAC-SHA-256 of "waiaas kid v1", computed with another implementation.
        #expect(secret.kid.text == "f3dd0587f22d498b")
        #expect(try SecretFingerprint.kid(of: .known([UInt8](0..<32))) == secret.kid)
    }
}
