/// The 32 bytes of a SHA-256 digest or of an HMAC-SHA-256.
///
/// A plain value of four words: it is a dictionary key in the session table and travels without an allocation. Comparing with `==` is
/// not constant time; whoever checks a MAC uses the `isValid` function of its key.
public struct Digest256: Hashable, Sendable {
    /// Its length in bytes.
    public static let byteCount = 32

    private let word0: UInt64
    private let word1: UInt64
    private let word2: UInt64
    private let word3: UInt64

    /// Takes over 32 bytes that are held as four words.
    /// - Parameter words: the bytes in memory order, whatever the machine's byte order.
    public init(words: InlineArray<4, UInt64>) {
        word0 = words[0]
        word1 = words[1]
        word2 = words[2]
        word3 = words[3]
    }

    /// Takes over 32 bytes; nil for any other number.
    public init?(bytes: [UInt8]) {
        unsafe self.init(bytes: bytes.span.bytes)
    }

    /// Takes over 32 bytes; nil for any other number.
    public init?(bytes: RawSpan) {
        guard bytes.byteCount == Self.byteCount else { return nil }
        // Any four words are a valid digest, so reading the bytes as words is sound.
        word0 = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: 0, as: UInt64.self)
        word1 = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: 8, as: UInt64.self)
        word2 = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: 16, as: UInt64.self)
        word3 = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: 24, as: UInt64.self)
    }

    /// Reads 64 hexadecimal digits of either case; nil for anything else.
    public init?(hex: String) {
        guard let bytes = Hexadecimal.decode(hex) else { return nil }
        self.init(bytes: bytes)
    }

    /// The bytes, where they are.
    public func withBytes<Result, Failure: Error>(_ body: (RawSpan) throws(Failure) -> Result) throws(Failure) -> Result {
        let words: InlineArray<4, UInt64> = [word0, word1, word2, word3]
        return try unsafe body(words.span.bytes)
    }

    /// Eight of its bytes, to spread digests over places with: they are as evenly spread as all of them.
    public var firstWord: UInt64 { word0 }

    /// The bytes as an array.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        append(to: &bytes)
        return bytes
    }

    /// Appends the bytes, where no array of their own is wanted.
    public func append(to bytes: inout [UInt8]) {
        withBytes { span in unsafe span.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) } }
    }

    /// A digest is spread evenly over all its bits, so one word of it is hash enough.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(word0)
    }
}

extension Digest256: CustomStringConvertible {
    /// 64 lower-case hexadecimal digits.
    public var description: String { Hexadecimal.encode(bytes) }
}
