import Testing
import WaiaasCore
import WaiaasCrypto

@Suite("Ed25519")
struct Ed25519Tests {
    @Test func `a seed makes the same key pair again`() throws {
        let key = try Ed25519PrivateKey.generate()
        let again = try Ed25519PrivateKey(seed: key.seed())
        #expect(again.publicKey == key.publicKey)
        #expect(try again.sign([1, 2, 3]) == key.sign([1, 2, 3]))
    }

    @Test func `a signature is valid for its message alone`() throws {
        let key = try Ed25519PrivateKey.generate()
        let signature = try key.sign(Array("message".utf8))
        #expect(key.publicKey.isValid(signature, for: Array("message".utf8)))
        #expect(!key.publicKey.isValid(signature, for: Array("messagf".utf8)))
        #expect(try !Ed25519PrivateKey.generate().publicKey.isValid(signature, for: Array("message".utf8)))
        #expect(!key.publicKey.isValid(Array(signature.dropLast()), for: Array("message".utf8)))
        #expect(!key.publicKey.isValid([], for: []))
        #expect(try key.publicKey.isValid(key.sign([]), for: []))
    }

    @Test(arguments: [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "0200000000000000000000000000000000000000000000000000000000000000", "00", "",
    ])
    func `JWT-14 a point of small order, not canonical or not on the curve is no public key`(hex: String) throws {
        let bytes = try #require(Hexadecimal.decode(hex))
        #expect(throws: CryptoError.invalidKey) { try Ed25519PublicKey(bytes: bytes) }
    }

    @Test(arguments: [0, 31, 33, 64])
    func `a seed of another length is refused`(count: Int) throws {
        #expect(throws: CryptoError.wrongKeyLength(actual: count, expected: 32)) { try Ed25519PrivateKey(seed: .random(count: count)) }
    }
}
