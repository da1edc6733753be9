import WaiaasCore

/// Cryptography good enough to test a rule that takes it as given: it spreads every bit, and no more.
enum ToyCryptography {
    /// 256 bits that depend on every byte and on its place.
    static func digest(_ bytes: [UInt8]) -> Digest256 {
        var words: InlineArray<4, UInt64> = [1, 2, 3, 4]
        for lane in 0..<4 {
            var word = words[lane] &+ UInt64(bytes.count)
            for byte in bytes {
                word = (word ^ UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15
                word ^= word >> 29
            }
            words[lane] = word
        }
        return Digest256(words: words)
    }

    /// A MAC under the daemon's key.
    static func mac(_ bytes: [UInt8]) -> Digest256 { digest(Array("tail key".utf8) + bytes) }

    /// A signature by the owner of a public key. Its private half is the public one: nobody in a test guesses.
    static func signature(by publicKey: [UInt8], over bytes: [UInt8]) -> [UInt8] {
        digest(Array("signature".utf8) + publicKey + bytes).bytes
    }

    static func thumbprint(_ publicKey: [UInt8]) -> KeyID? { KeyID(String(digest(publicKey).description.prefix(16))) }

    static let hashing = AuditHashing(digest: digest, mac: mac)

    /// What a verifier is given; with the MAC only for who holds the private half.
    static func verifier(withMAC: Bool) -> AuditCryptography {
        AuditCryptography(
            digest: digest, verifies: { key, bytes, signature in Self.signature(by: key, over: bytes) == signature },
            thumbprint: thumbprint, mac: withMAC ? mac : nil)
    }
}
