import COpenSSL
import WaiaasCore

/// A running SHA-256, held on the stack.
///
/// The functions of the library cannot fail: they return an int for symmetry with others and always say 1.
struct SHA256State {
    private var context = SHA256_CTX()

    init() {
        SHA256_Init(&context)
    }

    mutating func update(_ bytes: RawSpan) {
        bytes.withUnsafeBytes { buffer in
            _ = SHA256_Update(&context, buffer.baseAddress, buffer.count)
        }
    }

    /// Ends the digest. The library zeroes the buffered input; what is left of the state is the digest itself.
    mutating func finish() -> Digest256 {
        var words = InlineArray<4, UInt64>(repeating: 0)
        withUnsafeMutableBytes(of: &words) { output in
            _ = SHA256_Final(output.octets, &context)
        }
        return Digest256(words: words)
    }

    /// Ends the digest where it shall stay; for one that is a secret, ``wipe()`` must follow.
    ///
    /// - Parameter output: 32 bytes.
    mutating func finish(into output: inout MutableRawSpan) {
        output.withUnsafeMutableBytes { output in
            precondition(output.count == Digest256.byteCount)
            _ = SHA256_Final(output.octets, &context)
        }
    }

    /// Zeroes the state, for one that held a key or a secret.
    mutating func wipe() {
        withUnsafeMutableBytes(of: &context) { OPENSSL_cleanse($0.baseAddress, $0.count) }
    }
}
