/// Seals a long stream in chunks (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015): AES-256-GCM with a counter
/// for a nonce. A chunk that is changed, moved, repeated or left out does not open, nor does the end of a stream that was cut short.
///
/// The nonce is the chunk's number (11 bytes, big-endian) and a byte that is 1 for the last chunk. So a key seals one stream and no
/// other: derive a fresh one for each.
public struct ChunkSealer: Sendable {
    /// What sealing adds to a chunk, in bytes.
    public static let overhead = Envelope.tagLength

    private let key: SecretBytes
    private let binding: [UInt8]

    /// A sealer of one stream.
    ///
    /// - Parameters:
    ///   - key: 32 bytes that seal nothing else.
    ///   - binding: what every chunk is bound to besides its place: the digest of the header that stands before the stream.
    /// - Throws: `CryptoError.wrongKeyLength`.
    public init(key: SecretBytes, binding: [UInt8]) throws(CryptoError) {
        guard key.count == SealingKey.byteCount else { throw .wrongKeyLength(actual: key.count, expected: SealingKey.byteCount) }
        self.key = key
        self.binding = binding
    }

    /// Seals a chunk.
    ///
    /// - Parameters:
    ///   - chunk: what it holds.
    ///   - number: its place, counted from 0; each is sealed once.
    ///   - isLast: whether the stream ends with it.
    public func seal(_ chunk: [UInt8], number: UInt64, isLast: Bool) throws(CryptoError) -> [UInt8] {
        try AES256GCM.seal(chunk, key: key, nonce: Self.nonce(number, isLast), authenticating: binding)
    }

    /// Opens a chunk.
    ///
    /// - Throws: `CryptoError.authenticationFailure` for any difference.
    public func open(_ sealed: [UInt8], number: UInt64, isLast: Bool) throws(CryptoError) -> [UInt8] {
        try AES256GCM.open(sealed, key: key, nonce: Self.nonce(number, isLast), authenticating: binding)
    }

    private static func nonce(_ number: UInt64, _ isLast: Bool) -> [UInt8] {
        let counter = stride(from: UInt64(56), through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> $0) }
        return [0, 0, 0] + counter + [isLast ? 1 : 0]
    }
}
