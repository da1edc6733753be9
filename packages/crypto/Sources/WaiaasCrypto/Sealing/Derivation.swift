import WaiaasCore

/// HKDF with SHA-256 (RFC 5869): many keys from one, none of which tells anything of another.
public enum Derivation {
    /// The most that one derivation gives, in bytes (RFC 5869 section 2.3).
    public static let largestOutput = 255 * 32

    /// Derives key material.
    /// - Parameters:
    ///   - secret: the input key material.
    ///   - salt: a value that need not be secret; none is allowed.
    ///   - info: what the new key is for. Two purposes never share one text.
    ///   - count: bytes wanted, 1 … 8,160.
    ///   - life: how long they are wanted.
    /// - Throws: `CryptoError.parameterOutOfRange`, `.memoryUnavailable`.
    public static func derive(
        from secret: SecretBytes, salt: [UInt8] = [], info: [UInt8], count: Int = 32, life: SecretBytes.Life = .lasting
    ) throws(CryptoError) -> SecretBytes {
        guard 1...largestOutput ~= count else {
            throw .parameterOutOfRange(name: "count", value: count, allowed: 1...largestOutput)
        }
        return try SecretBytes(count: count, life: life) { (output) throws(CryptoError) in
            try expand(try extract(from: secret, salt: salt), info: info, into: &output)
        }
    }

    /// Derives a key of 32 bytes for a purpose that is said in words.
    public static func key(
        from secret: SecretBytes, purpose: String, life: SecretBytes.Life = .lasting
    ) throws(CryptoError) -> SecretBytes {
        try derive(from: secret, info: Array(purpose.utf8), life: life)
    }

    // Both halves are put together of this module's HMAC: the library's own function looks its parts up by name with each call, which costs
    // ten times the work, and a refresh waits for it.

    /// The pseudorandom key (RFC 5869 section 2.2).
    private static func extract(from secret: SecretBytes, salt: [UInt8]) throws(CryptoError) -> SecretBytes {
        let mac = try HMACSHA256States(key: try SecretBytes(copying: salt.span.bytes, life: .request), life: .request)
        return try SecretBytes(count: Digest256.byteCount, life: .request) { output in
            secret.withBytes { mac.authenticate($0, RawSpan(), into: &output) }
        }
    }

    /// As many blocks as are wanted, each the MAC of the one before, `info` and its number (section 2.3).
    private static func expand(_ key: SecretBytes, info: [UInt8], into output: inout MutableRawSpan) throws(CryptoError) {
        let mac = try HMACSHA256States(key: key, life: .request)
        var block = try SecretBytes(count: 0, life: .request) { _ in }
        var (done, number) = (0, UInt8(1))
        while done < output.byteCount {
            let end = info + [number]
            let before = block
            block = try SecretBytes(count: Digest256.byteCount, life: .request) { target in
                before.withBytes { mac.authenticate($0, end.span.bytes, into: &target) }
            }
            let piece = min(Digest256.byteCount, output.byteCount - done)
            block.withBytes { bytes in
                bytes.withUnsafeBytes { source in
                    output.withUnsafeMutableBytes { $0[done..<done + piece].copyBytes(from: source.prefix(piece)) }
                }
            }
            // The last of all has the number 255.
            (done, number) = (done + piece, number &+ 1)
        }
    }
}
