import Testing
import WaiaasCore
import WaiaasCrypto

@Suite("Key pairs of RS256 and ES256")
struct KeyPairTests {
    private let payload = Array(#"{"sub":"alice"}"#.utf8)

    @Test func `KEY-10 an RSA key is the same after it has been DER`() throws {
        let key = try RS256PrivateKey.generate()
        #expect(key.publicKey.modulus.count == 256)
        let again = try RS256PrivateKey(der: key.der())
        #expect(again.kid == key.kid)
        let jws = try JWS(parsing: JWS.sign(payload, with: again))
        #expect(try jws.payload(verifiedBy: key.publicKey) == payload)
        #expect(throws: JWSError.authenticationFailure) { try jws.payload(verifiedBy: RS256PrivateKey.generate().publicKey) }
    }

    @Test func `KEY-10 a P-256 key is the same after it has been DER`() throws {
        let key = try ES256PrivateKey.generate()
        let again = try ES256PrivateKey(der: key.der())
        #expect(again.kid == key.kid)
        let jws = try JWS(parsing: JWS.sign(payload, with: again))
        #expect(jws.signature.count == 64)
        #expect(try jws.payload(verifiedBy: key.publicKey) == payload)
        #expect(throws: JWSError.authenticationFailure) { try jws.payload(verifiedBy: ES256PrivateKey.generate().publicKey) }
    }

    @Test func `a key is found again from its published JWK`() throws {
        let rsa = try RS256PrivateKey.generate()
        let p256 = try ES256PrivateKey.generate()
        let edwards = try Ed25519PrivateKey.generate()
        for (jwk, kid) in [(rsa.publicKey.jwk, rsa.kid), (p256.publicKey.jwk, p256.kid), (edwards.publicKey.jwk, edwards.kid)] {
            let key = try PublicJWK(parsing: jwk.json).verificationKey()
            #expect(key.kid == kid)
        }
    }

    @Test func `JWT-03 no key of one algorithm takes a token of another`() throws {
        let rsa = try RS256PrivateKey.generate()
        let p256 = try ES256PrivateKey.generate()
        let token = try JWS(parsing: JWS.sign(payload, with: p256))
        #expect(throws: JWSError.algorithmMismatch(token: .es256, key: .rs256)) { try token.payload(verifiedBy: rsa.publicKey) }
    }

    @Test func `JWT-14 a weak RSA key is refused`() throws {
        let modulus = try RS256PrivateKey.generate().publicKey.modulus
        let exponent = RS256PublicKey.exponent
        #expect(try RS256PublicKey(modulus: modulus, exponent: exponent).modulus == modulus)
        for (modulus, exponent) in [
            (Array(modulus.suffix(128)), exponent), ([0] + modulus, exponent), (modulus, [3]), (modulus, [0, 1, 0, 1]), (modulus, []),
            (Array(modulus.dropLast()) + [2], exponent), ([0x7f] + modulus.dropFirst(), exponent), ([], exponent),
            (modulus + modulus + modulus, exponent),
        ] {
            #expect(throws: CryptoError.invalidKey) { try RS256PublicKey(modulus: modulus, exponent: exponent) }
        }
    }

    @Test func `JWT-14 a point that is not on the curve is refused`() throws {
        let key = try ES256PrivateKey.generate().publicKey
        let zero = [UInt8](repeating: 0, count: 32)
        let large = [UInt8](repeating: 0xff, count: 32)
        for (x, y) in [(key.x, key.x), (zero, zero), (large, key.y), (key.x, large), (Array(key.x.dropLast()), key.y), ([], [])] {
            #expect(throws: CryptoError.invalidKey) { try ES256PublicKey(x: x, y: y) }
        }
    }

    @Test func `DER that is damaged, cut, followed by more, or of another kind is no key`() throws {
        let rsa = try RS256PrivateKey.generate().der().revealed
        let p256 = try ES256PrivateKey.generate().der().revealed
        #expect(throws: CryptoError.invalidKey) { try RS256PrivateKey(der: .known(p256)) }
        #expect(throws: CryptoError.invalidKey) { try ES256PrivateKey(der: .known(rsa)) }
        #expect(throws: CryptoError.invalidKey) { try ES256PrivateKey(der: .known(p256 + [0])) }
        for length in stride(from: 0, to: p256.count, by: 7) {
            #expect(throws: CryptoError.invalidKey) { try ES256PrivateKey(der: .known(Array(p256[..<length]))) }
        }
        var changed = rsa
        changed[rsa.count / 2] ^= 1
        #expect(throws: CryptoError.invalidKey) { try RS256PrivateKey(der: .known(changed)) }
    }

    @Test func `SEC-08 private keys show their kid alone`() throws {
        let rsa = try RS256PrivateKey.generate()
        let p256 = try ES256PrivateKey.generate()
        for (key, kid) in [(rsa as Any, rsa.kid), (p256 as Any, p256.kid)] {
            var dumped = ""
            dump(key, to: &dumped)
            #expect(dumped.contains("redacted"))
            #expect(dumped.split(separator: "\n").dropFirst().allSatisfy { $0.contains("kid") || $0.contains(kid.text) }, "\(dumped)")
        }
    }
}
