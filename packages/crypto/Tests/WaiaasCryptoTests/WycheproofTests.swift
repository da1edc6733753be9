import Testing
import WaiaasCore
import WaiaasCrypto

@Suite("Wycheproof", .enabled(if: VectorFile.hasWycheproof, Comment(rawValue: VectorFile.whyNot)))
struct WycheproofTests {
    /// Runs every case of a file and compares the answer with the file's.
    /// - Parameters:
    ///   - expected: how many cases there must be, so that a file that is read wrongly does not pass.
    ///   - exceptions: the right answer for cases where the file contradicts itself or the standard.
    ///   - accepts: whether this product takes the case; nil for one outside of what it does.
    private func check(
        _ name: String, expected: Int, exceptions: [Int: Bool] = [:], _ accepts: (_ group: Vector, _ test: Vector) throws -> Bool?
    ) throws {
        var count = 0
        for group in try VectorFile.wycheproof(name) {
            for test in try VectorFile.tests(of: group) {
                guard let accepted = try accepts(group, test) else { continue }
                count += 1
                let isValid = try exceptions[test.integer("tcId")] ?? (test.text("result") == "valid")
                #expect(accepted == isValid, "\(name) case \(test): \(test.node.member("comment")?.string ?? "")")
            }
        }
        #expect(count == expected, "\(name)")
    }

    @Test func `SEC-01 AES-256-GCM opens what is authentic and nothing else`() throws {
        try check("aes_gcm", expected: 66) { group, test in
            guard try group.integer("keySize") == 256, try group.integer("ivSize") == 96, try group.integer("tagSize") == 128 else {
                return nil
            }
            let key = try SealingKey(.known(test.bytes("key")))
            let sealed = try [Envelope.version] + test.bytes("iv") + test.bytes("ct") + test.bytes("tag")
            do throws(CryptoError) {
                let data = (try? test.bytes("aad")) ?? []
                let opened = try Envelope.open(sealed, with: key, authenticating: data)
                return opened.revealed == (try? test.bytes("msg"))
            } catch {
                #expect(error == .authenticationFailure)
                return false
            }
        }
    }

    @Test func `HMAC-SHA-256 with tags of full length`() throws {
        try check("hmac_sha256", expected: 174) { _, test in
            let mac = try HMACSHA256(key: .known(test.bytes("key")))
            let tag = try test.bytes("tag")
            let message = try test.bytes("msg")
            guard tag.count == 32 else {
                // A tag that is cut short is never valid here.
                #expect(!mac.isValid(tag, for: message))
                return Array(mac.authenticate(message).bytes.prefix(tag.count)) == tag
            }
            return mac.isValid(tag, for: message)
        }
    }

    @Test func `HKDF-SHA-256, up to its largest output and not beyond`() throws {
        try check("hkdf_sha256", expected: 86) { _, test in
            do throws(CryptoError) {
                guard let secret = try? SecretBytes.known(test.bytes("ikm")), let salt = try? test.bytes("salt"),
                    let info = try? test.bytes("info"), let size = try? test.integer("size")
                else { return nil }
                return try Derivation.derive(from: secret, salt: salt, info: info, count: size).revealed == (try? test.bytes("okm"))
            } catch {
                return false
            }
        }
    }

    @Test func `JWT-14 Ed25519 is strict`() throws {
        try check("ed25519", expected: 151) { group, test in
            let point = try #require(group.node.member("publicKey")?.member("pk")?.string.flatMap { Hexadecimal.decode($0) })
            return try Ed25519PublicKey(bytes: point).isValid(test.bytes("sig"), for: test.bytes("msg"))
        }
    }

    /// Cases 367 and 370 are the same text as case 357, which is valid, but are said to be invalid; cases 372 and 373 hold a character
    /// outside of the alphabet, but are said to be valid.
    private static let contradictions = [367: true, 370: true, 372: false, 373: false]

    @Test func `JWT-02 JWT-07 tokens of HS256 keys`() throws {
        try check("json_web_signature", expected: 40, exceptions: Self.contradictions) { group, test in
            guard let jwk = group.node.member("private"), jwk.member("alg")?.string == "HS256",
                let bytes = jwk.member("k")?.string.flatMap({ Base64URL.decode($0) })
            else { return nil }
            let secret = try SigningSecret(.known(bytes))
            return (try? JWS(parsing: Array(test.text("jws").utf8)).payload(verifiedBy: secret)) != nil
        }
    }

    @Test func `JWT-14 RS256 signatures, with no exponent but 65,537`() throws {
        // Case 8 leaves out a NULL in the encoding, which RFC 8017 forbids; cases 258 and 259 are of keys with the exponent 3.
        let exceptions = [8: false, 258: false, 259: false]
        try check("rsa_signature_2048_sha256", expected: 259, exceptions: exceptions) { group, test in
            let key = try #require(group.node.member("publicKey").map(Vector.init))
            var modulus = try key.bytes("modulus")
            if modulus.first == 0 { modulus.removeFirst() }
            do throws(CryptoError) {
                let bytes = (try? key.bytes("publicExponent")) ?? []
                let publicKey = try RS256PublicKey(modulus: modulus, exponent: bytes)
                return (try? publicKey.isValid(test.bytes("sig"), for: test.bytes("msg")[...])) ?? false
            } catch {
                return false
            }
        }
    }

    @Test func `JWT-14 ES256 signatures, of two numbers side by side`() throws {
        try check("ecdsa_secp256r1_sha256_p1363", expected: 262) { group, test in
            let key = try #require(group.node.member("publicKey").map(Vector.init))
            let point = try key.bytes("uncompressed")
            let publicKey = try ES256PublicKey(x: Array(point[1..<33]), y: Array(point[33...]))
            return try publicKey.isValid(test.bytes("sig"), for: test.bytes("msg")[...])
        }
    }

    @Test func `JWT-02 JWT-03 tokens of RS256 and ES256 keys`() throws {
        // Cases 345 and 349 name a mail address as kid, which no key of ours has.
        try check("json_web_signature", expected: 276, exceptions: [345: false, 349: false]) { group, test in
            guard let node = group.node.member("public") else { return nil }
            guard let algorithm = node.member("alg")?.string ?? node.member("kty")?.string,
                ["RS256", "ES256", "RSA", "EC"].contains(algorithm)
            else { return nil }
            guard let key = try? PublicJWK(node).verificationKey() else { return false }
            return (try? JWS(parsing: Array(test.text("jws").utf8)).payload(verifiedBy: key)) != nil
        }
    }
}
