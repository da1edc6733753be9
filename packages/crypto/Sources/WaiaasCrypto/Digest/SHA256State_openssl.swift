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

    /// Zeroes the state, for one that held a key and was not finished.
    mutating func wipe() {
        withUnsafeMutableBytes(of: &context) { OPENSSL_cleanse($0.baseAddress, $0.count) }
    }
}
