import Testing
import WaiaasCore
import WaiaasCrypto

@Suite("Wycheproof", .enabled(if: VectorFile.hasWycheproof, Comment(rawValue: VectorFile.whyNot)))
struct WycheproofTests {
    /// What the product says of a case.
    private enum Finding {
        case accepted(Bool)
        /// No public function takes it, and why.
        case outside(String)
    }

    /// Runs every case of a file, compares the answer with the file's, and prints how many fitted no public function, and why.
    /// - Parameters:
    ///   - expected: how many cases there must be, so that a file that is read wrongly does not pass.
    ///   - exceptions: the right answer for cases where the file contradicts itself or the standard.
    ///   - find: what the product says of the case.
    private func check(
        _ name: String, expected: Int, exceptions: [Int: Bool] = [:], _ find: (_ group: Vector, _ test: Vector) throws -> Finding
    ) throws {
        var count = 0
        var outside: [String: Int] = [:]
        for group in try VectorFile.wycheproof(name) {
            for test in try VectorFile.tests(of: group) {
                switch try find(group, test) {
                case .accepted(let accepted):
                    count += 1
                    let isValid = try exceptions[test.integer("tcId")] ?? (test.text("result") == "valid")
                    #expect(accepted == isValid, "\(name) case \(test): \(test.node.member("comment")?.string ?? "")")
                case .outside(let reason): outside[reason, default: 0] += 1
                }
            }
        }
        #expect(count == expected, "\(name)")
        let others = outside.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        print("wycheproof \(name): \(count) run" + (others.isEmpty ? "" : "; not: " + others.joined(separator: ", ")))
    }

    @Test func `every file is run by one of these tests`() throws {
        let known: Set<String> = [
            "aes_gcm", "ecdsa_secp256r1_sha256", "ecdsa_secp256r1_sha256_p1363", "ed25519", "hkdf_sha256", "hmac_sha256", "json_web_key",
            "json_web_signature", "rsa_signature_2048_sha256",
        ]
        #expect(try VectorFile.wycheproofNames().subtracting(known) == [])
    }

    @Test func `SEC-01 AES-256-GCM opens what is authentic and nothing else`() throws {
        try check("aes_gcm", expected: 66) { group, test in
            guard try group.integer("keySize") == 256, try group.integer("ivSize") == 96, try group.integer("tagSize") == 128 else {
                return .outside("of another key, nonce or tag size than 256, 96 and 128 bits")
            }
            let key = try SealingKey(.known(test.bytes("key")))
            let sealed = try [Envelope.version] + test.bytes("iv") + test.bytes("ct") + test.bytes("tag")
            do throws(CryptoError) {
                let data = (try? test.bytes("aad")) ?? []
                let opened = try Envelope.open(sealed, with: key, authenticating: data)
                return .accepted(opened.revealed == (try? test.bytes("msg")))
            } catch {
                #expect(error == .authenticationFailure)
                return .accepted(false)
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
                return .accepted(Array(mac.authenticate(message).bytes.prefix(tag.count)) == tag)
            }
            return .accepted(mac.isValid(tag, for: message))
        }
    }

    @Test func `HKDF-SHA-256, up to its largest output and not beyond`() throws {
        try check("hkdf_sha256", expected: 86) { _, test in
            do throws(CryptoError) {
                guard let secret = try? SecretBytes.known(test.bytes("ikm")), let salt = try? test.bytes("salt"),
                    let info = try? test.bytes("info"), let size = try? test.integer("size")
                else { return .outside("that cannot be read") }
                let derived = try Derivation.derive(from: secret, salt: salt, info: info, count: size)
                return .accepted(derived.revealed == (try? test.bytes("okm")))
            } catch {
                return .accepted(false)
            }
        }
    }

    @Test func `JWT-14 Ed25519 is strict`() throws {
        try check("ed25519", expected: 151) { group, test in
            let point = try #require(group.node.member("publicKey")?.member("pk")?.string.flatMap { Hexadecimal.decode($0) })
            return .accepted(try Ed25519PublicKey(bytes: point).isValid(test.bytes("sig"), for: test.bytes("msg")))
        }
    }

    /// Cases 367 and 370 are the same text as case 357, which is valid, but are said to be invalid; cases 372 and 373 hold a character
    /// outside of the alphabet, but are said to be valid.
    private static let contradictions = [367: true, 370: true, 372: false, 373: false]

    @Test func `JWT-02 JWT-07 tokens of HS256 keys`() throws {
        try check("json_web_signature", expected: 40, exceptions: Self.contradictions) { group, test in
            guard let jwk = group.node.member("private"), jwk.member("alg")?.string == "HS256",
                let bytes = jwk.member("k")?.string.flatMap({ Base64URL.decode($0) })
            else { return .outside("of a key that is not for HS256") }
            let secret = try SigningSecret(.known(bytes))
            return .accepted((try? JWS(parsing: Array(test.text("jws").utf8)).payload(verifiedBy: secret)) != nil)
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
                return .accepted((try? publicKey.isValid(test.bytes("sig"), for: test.bytes("msg")[...])) ?? false)
            } catch {
                return .accepted(false)
            }
        }
    }

    @Test func `JWT-14 ES256 signatures, of two numbers side by side`() throws {
        try check("ecdsa_secp256r1_sha256_p1363", expected: 262) { group, test in
            let key = try #require(group.node.member("publicKey").map(Vector.init))
            let point = try key.bytes("uncompressed")
            let publicKey = try ES256PublicKey(x: Array(point[1..<33]), y: Array(point[33...]))
            return .accepted(try publicKey.isValid(test.bytes("sig"), for: test.bytes("msg")[...]))
        }
    }

    @Test func `JWT-02 JWT-03 tokens of RS256 and ES256 keys`() throws {
        // Cases 345 and 349 name a mail address as kid, which no key of ours has.
        try check("json_web_signature", expected: 276, exceptions: [345: false, 349: false]) { group, test in
            guard let node = group.node.member("public") else { return .outside("of a key without a public half") }
            guard let algorithm = node.member("alg")?.string ?? node.member("kty")?.string,
                ["RS256", "ES256", "RSA", "EC"].contains(algorithm)
            else { return .outside("of a key that is neither for RS256 nor for ES256") }
            guard let key = try? PublicJWK(node).verificationKey() else { return .accepted(false) }
            return .accepted((try? JWS(parsing: Array(test.text("jws").utf8)).payload(verifiedBy: key)) != nil)
        }
    }

    @Test func `ES256 signatures in DER are no signatures of tokens`() throws {
        try check("ecdsa_secp256r1_sha256", expected: 0) { group, test in
            let key = try #require(group.node.member("publicKey").map(Vector.init))
            let point = try key.bytes("uncompressed")
            let publicKey = try ES256PublicKey(x: Array(point[1..<33]), y: Array(point[33...]))
            #expect(try !publicKey.isValid(test.bytes("sig"), for: test.bytes("msg")[...]))
            return .outside("in DER, where JOSE has two numbers side by side; each refused")
        }
    }

    @Test func `JWT-03 JWT-05 a key is for one algorithm, one use and one strength`() throws {
        try check("json_web_key", expected: 12) { group, test in
            let kept = try #require((group.node.member("public") ?? group.node.member("private"))?.member("keys")?.elements.map(Array.init))
            guard kept.count == 1, let node = kept.first else { return .outside("of a set of secrets: a ring knows each by one name") }
            // ROCA: a flaw of those who made the key. Ours are made here.
            guard try test.text("comment") != "rejectsKeyWithRocaVulnerability" else { return .outside("of a key that was made badly") }
            let token = try Array(test.text("jws").utf8)
            if node.member("kty")?.string == "oct" {
                guard node.member("alg")?.string == "HS256" else { return .outside("of a secret that is not for HS256") }
                let bytes = try #require(node.member("k")?.string.flatMap { Base64URL.decode($0) })
                // Secrets of ours have 256 bits, no more and no less.
                guard bytes.count <= 32 else { return .outside("of a secret of more than 256 bits") }
                guard let secret = try? SigningSecret(.known(bytes)) else { return .accepted(false) }
                return .accepted((try? JWS(parsing: token).payload(verifiedBy: secret)) != nil)
            }
            guard let key = try? PublicJWK(node).verificationKey() else { return .accepted(false) }
            return .accepted((try? JWS(parsing: token).payload(verifiedBy: key)) != nil)
        }
    }
}
