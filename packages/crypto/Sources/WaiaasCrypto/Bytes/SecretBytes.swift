/// Bytes that nobody else shall see: a key, a password, a private half.
///
/// They lie in memory of their own, between guard pages, locked against swapping where the limit allows it, left out of core dumps,
/// read-only once they are there, and zeroed before they are given back. Each instance costs a few pages and system calls, so it is for
/// keys and not for messages; only ``init(passing:)`` is cheap. Nothing prints them: `description`, `dump` and `Mirror` show the length alone. Comparison is constant time.
public final class SecretBytes: Sendable {
    private let memory: GuardedMemory

    /// Whether the memory is lent and goes back when this does.
    private let isPassing: Bool

    /// How many bytes there are.
    public let count: Int

    /// Whether these bytes are locked in memory; false when the process's limit (`RLIMIT_MEMLOCK`) was reached, and they may be swapped.
    public var isLocked: Bool { memory.isLocked }

    /// Makes room for secret bytes and has them written in place.
    /// - Parameters:
    ///   - count: how many bytes.
    ///   - fill: writes them; the room is zeroed before. If it throws, nothing is left of what it wrote.
    /// - Throws: `CryptoError.memoryUnavailable`, or what `fill` throws.
    public init(count: Int, filling fill: (inout MutableRawSpan) throws(CryptoError) -> Void) throws(CryptoError) {
        memory = try GuardedMemory(count: count)
        self.count = count
        isPassing = false
        try memory.fill(count, fill)
        try memory.seal()
    }

    /// Moves bytes out of a buffer, which is zeroed and emptied.
    ///
    /// The buffer must be the only holder of its bytes: a copy that another variable still holds is not reached.
    public convenience init(consuming buffer: inout [UInt8]) throws(CryptoError) {
        defer { buffer.wipe() }
        try self.init(copying: buffer.span.bytes)
    }

    /// Copies a secret that came with a request and goes with it. Up to 1,024 bytes cost no system call; the memory is not made
    /// read-only for so short a time.
    public init(passing bytes: RawSpan) throws(CryptoError) {
        count = bytes.byteCount
        isPassing = bytes.byteCount <= PassingMemory.room
        memory = isPassing ? try PassingMemory.take() : try GuardedMemory(count: bytes.byteCount)
        try memory.fill(count) { (target) throws(CryptoError) in
            bytes.withUnsafeBytes { source in target.withUnsafeMutableBytes { $0.copyMemory(from: source) } }
        }
    }

    deinit {
        // Whoever lent the bytes out held this object, so nobody reads them any more.
        if isPassing { PassingMemory.giveBack(memory) }
    }

    /// Copies bytes; wiping the original is the caller's part.
    public convenience init(copying bytes: RawSpan) throws(CryptoError) {
        try self.init(count: bytes.byteCount) { (target) throws(CryptoError) in
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
