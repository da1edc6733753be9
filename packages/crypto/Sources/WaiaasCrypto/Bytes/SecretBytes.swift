/// Bytes that nobody else shall see: a key, a password, a private half.
///
/// They lie in memory of their own, between guard pages, locked against swapping where the limit allows it, left out of core dumps,
/// read-only once they are there, and zeroed before they are given back. Each instance costs a few pages and system calls, so it is for
/// keys and not for messages; only what lives for one request (``Life/request``) is cheap. Nothing prints them: `description`, `dump`
/// and `Mirror` show the length alone. Comparison is constant time.
public final class SecretBytes: Sendable {
    private let memory: GuardedMemory

    /// Whether the memory is lent and goes back when this does.
    private let isLent: Bool

    /// How long secret bytes are wanted.
    public enum Life: Sendable {
        /// As long as a key or a password: memory of its own, read-only once it is written.
        case lasting
        /// For one request: up to 4,096 bytes cost no system call, and the memory is not made read-only for so short a time.
        case request
    }

    /// How many bytes there are.
    public let count: Int

    /// Whether these bytes are locked in memory; false when the process's limit (`RLIMIT_MEMLOCK`) was reached, and they may be swapped.
    public var isLocked: Bool { memory.isLocked }

    /// Makes room for secret bytes and has them written in place.
    /// - Parameters:
    ///   - count: how many bytes.
    ///   - life: how long they are wanted.
    ///   - fill: writes them; the room is zeroed before. If it throws, nothing is left of what it wrote.
    /// - Throws: `CryptoError.memoryUnavailable`, or what `fill` throws.
    public init(
        count: Int, life: Life = .lasting, filling fill: (inout MutableRawSpan) throws(CryptoError) -> Void
    ) throws(CryptoError) {
        isLent = life == .request && 0...PassingMemory.room ~= count
        memory = isLent ? try PassingMemory.take() : try GuardedMemory(count: count)
        self.count = count
        try memory.fill(count, fill)
        if !isLent { try memory.seal() }
    }

    /// Moves bytes out of a buffer, which is zeroed and emptied.
    ///
    /// The buffer must be the only holder of its bytes: a copy that another variable still holds is not reached.
    public convenience init(consuming buffer: inout [UInt8], life: Life = .lasting) throws(CryptoError) {
        defer { buffer.wipe() }
        try self.init(copying: buffer.span.bytes, life: life)
    }

    deinit {
        // Whoever lent the bytes out held this object, so nobody reads them any more.
        if isLent { PassingMemory.giveBack(memory, used: count) }
    }

    /// Copies bytes; wiping the original is the caller's part.
    public convenience init(copying bytes: RawSpan, life: Life = .lasting) throws(CryptoError) {
        try self.init(count: bytes.byteCount, life: life) { (target) throws(CryptoError) in
            bytes.withUnsafeBytes { source in target.withUnsafeMutableBytes { $0.copyMemory(from: source) } }
        }
    }

    /// Fresh random bytes from the kernel, which exist nowhere else.
    /// - Throws: `CryptoError.randomnessUnavailable`, `CryptoError.memoryUnavailable`.
    public static func random(count: Int) throws(CryptoError) -> SecretBytes {
        try SecretBytes(count: count) { (target) throws(CryptoError) in try SecureRandom.fill(&target) }
    }

    /// Lends the bytes for the length of a call. Do not copy them into a `String` or an array that outlives it.
    public func withBytes<Result, Failure: Error>(_ body: (RawSpan) throws(Failure) -> Result) throws(Failure) -> Result {
        try memory.withBytes(count, body)
    }

    /// Whether memory can be locked at all, tried on a page of its own: for the start log and `doctor`.
    public static func canLockMemory() -> Bool {
        (try? GuardedMemory(count: 1))?.isLocked ?? false
    }
}

extension SecretBytes: Equatable {
    /// Takes the same time whatever the bytes are; only a difference of length shows at once.
    public static func == (one: SecretBytes, other: SecretBytes) -> Bool {
        one.withBytes { first in other.withBytes { second in ConstantTime.areEqual(first, second) } }
    }
}

extension SecretBytes: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The length alone.
    public var description: String { "SecretBytes(\(count) bytes, redacted)" }

    /// The length alone.
    public var debugDescription: String { description }

    /// No children.
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .class) }
}
