import COpenSSL
import WaiaasCore

/// The states of the inner and the outer hash after the padded key, side by side in guarded memory.
///
/// A MAC copies them to the stack and goes on from there; finishing a hash overwrites its state with the digest.
struct HMACSHA256States: Sendable {
    private static let blockLength = 64
    private let memory: SecretBytes

    init(key: SecretBytes, life: SecretBytes.Life = .lasting) throws(CryptoError) {
        let size = MemoryLayout<SHA256State>.stride
        memory = try SecretBytes(count: 2 * size, life: life) { (target) throws(CryptoError) in
            key.withBytes { bytes in
                var padded = Self.block(of: bytes)
                defer { padded.wipe() }
                for (index, pad) in [UInt8(0x36), 0x5c].enumerated() {
                    var block = padded.map { $0 ^ pad }
                    var state = SHA256State()
                    state.update(block.span.bytes)
                    target.withUnsafeMutableBytes { $0.storeBytes(of: state, toByteOffset: index * size, as: SHA256State.self) }
                    state.wipe()
                    block.wipe()
                }
            }
        }
    }

    func authenticate(_ message: RawSpan) -> Digest256 {
        memory.withBytes { states in
            states.withUnsafeBytes { buffer in
                var inner = buffer.load(as: SHA256State.self)
                inner.update(message)
                var outer = buffer.load(fromByteOffset: MemoryLayout<SHA256State>.stride, as: SHA256State.self)
                inner.finish().withBytes { outer.update($0) }
                return outer.finish()
            }
        }
    }

    /// The MAC of two parts one after the other, where it is a secret itself: it is written to where it shall stay, and nowhere else.
    ///
    /// - Parameter output: 32 bytes.
    func authenticate(_ first: RawSpan, _ second: RawSpan, into output: inout MutableRawSpan) {
        memory.withBytes { states in
            states.withUnsafeBytes { buffer in
                var inner = buffer.load(as: SHA256State.self)
                inner.update(first)
                inner.update(second)
                inner.finish(into: &output)
                var outer = buffer.load(fromByteOffset: MemoryLayout<SHA256State>.stride, as: SHA256State.self)
                outer.update(output.bytes)
                outer.finish(into: &output)
                inner.wipe()
                outer.wipe()
            }
        }
    }

    /// The key as one block: a longer one is replaced by its digest (RFC 2104 section 2).
    private static func block(of key: RawSpan) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: blockLength)
        block.withUnsafeMutableBytes { target in
            if key.byteCount <= blockLength {
                key.withUnsafeBytes { target.copyMemory(from: $0) }
            } else {
                SHA256.digest(key).withBytes { digest in digest.withUnsafeBytes { target.copyMemory(from: $0) } }
            }
        }
        return block
    }
}
