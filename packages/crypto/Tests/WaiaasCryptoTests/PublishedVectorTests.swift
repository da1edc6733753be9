import Testing
import WaiaasCore
import WaiaasCrypto

@Suite("Vectors of the standards")
struct PublishedVectorTests {
    @Test(arguments: try VectorFile.cases("fips180-sha256"))
    func `SHA-256 gives the digests of FIPS 180-4`(vector: Vector) throws {
        let piece = try vector.bytes("message")
        let times = try vector.node.member("times") == nil ? 1 : vector.integer("times")
        let message = Array(repeatElement(piece, count: times).joined())
        #expect(try SHA256.digest(message).description == vector.text("digest"))
    }

    @Test(arguments: try VectorFile.cases("rfc4231-hmac-sha256"))
    func `HMAC-SHA-256 gives the codes of RFC 4231`(vector: Vector) throws {
        let mac = try HMACSHA256(key: .known(vector.bytes("key")))
        let expected = try vector.bytes("mac")
        let message = try vector.bytes("message")
        #expect(Array(mac.authenticate(message).bytes.prefix(expected.count)) == expected)
        // Case 5 is cut short; what is cut short is not valid here.
        #expect(mac.isValid(expected, for: message) == (expected.count == 32))
    }

    @Test(arguments: try VectorFile.cases("rfc5869-hkdf-sha256"))
    func `HKDF-SHA-256 gives the keys of RFC 5869`(vector: Vector) throws {
        let expected = try vector.bytes("okm")
        let key = try Derivation.derive(
            from: .known(vector.bytes("ikm")), salt: vector.bytes("salt"), info: vector.bytes("info"), count: expected.count)
        #expect(key.revealed == expected)
    }

    @Test(arguments: try VectorFile.cases("argon2id"))
    func `Argon2id gives the keys of the reference implementation`(vector: Vector) throws {
        let parameters = try Argon2id.Parameters(memoryKiB: vector.integer("memoryKiB"), passes: vector.integer("passes"))
        let key = try Argon2id.derive(.known(vector.bytes("password")), salt: vector.bytes("salt"), parameters: parameters)
        #expect(try key.revealed == vector.bytes("key"))
    }

    @Test(arguments: try VectorFile.cases("rfc7515-7520-hs256"))
    func `the HS256 tokens of RFC 7515 and RFC 7520 verify`(vector: Vector) throws {
        let secret = try SigningSecret(.known(#require(Base64URL.decode(vector.text("k")))))
        let jws = try JWS(parsing: Array(vector.text("jws").utf8))
        #expect(jws.header.kid?.text == vector.node.member("kid")?.string)
        #expect(try String(decoding: jws.payload(verifiedBy: secret), as: UTF8.self) == vector.text("payload"))
    }

    @Test(arguments: try VectorFile.cases("rfc8037-eddsa"))
    func `the EdDSA token of RFC 8037 verifies, and signing gives its signature again`(vector: Vector) throws {
        let key = try Ed25519PrivateKey(seed: .known(#require(Base64URL.decode(vector.text("d")))))
        #expect(try Base64URL.encode(key.publicKey.bytes) == vector.text("x"))
        let jws = try JWS(parsing: Array(vector.text("jws").utf8))
        #expect(try String(decoding: jws.payload(verifiedBy: key.publicKey), as: UTF8.self) == vector.text("payload"))
        #expect(try key.sign(Array(jws.signingInput)) == jws.signature)
    }

    @Test(arguments: try VectorFile.cases("rfc7638-8037-thumbprints"))
    func `KEY-10 key ids are the thumbprints of RFC 7638 and RFC 8037`(vector: Vector) throws {
        let jwk = try PublicJWK(#require(vector.node.member("jwk")))
        #expect(try jwk.kid.text == vector.text("thumbprint"))
        #expect(try PublicJWK(parsing: jwk.json) == jwk)
    }
}
