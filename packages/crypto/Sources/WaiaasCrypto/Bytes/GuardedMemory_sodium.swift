import CSodium

/// One allocation of libsodium: guard pages around it, locked, left out of core dumps, zeroed when freed.
///
/// It owns the pages from `init` to `deinit`. They are written by one owner before it hands the object on, and not while others may
/// read; `seal` makes them read-only, which the processor enforces. So any number of threads may read, and `@unchecked Sendable` is sound.
final class GuardedMemory: @unchecked Sendable {
    let count: Int
    let isLocked: Bool
    private let address: UnsafeMutableRawPointer

    init(count: Int) throws(CryptoError) {
        guard Sodium.isReady, count >= 0, let address = sodium_malloc(count) else { throw .memoryUnavailable(bytes: count) }
        self.address = address
        self.count = count
        // sodium_malloc locks, but does not say whether it could; locking twice is harmless and says so.
        isLocked = sodium_mlock(address, count) == 0
        sodium_memzero(address, count)
    }

    deinit {
        sodium_free(address)
    }

    /// Writes the first bytes.
    ///
    /// - Parameter used: how many; at most ``count``.
    func fill(_ used: Int, _ body: (inout MutableRawSpan) throws(CryptoError) -> Void) throws(CryptoError) {
        var span = MutableRawSpan(_unsafeStart: address, byteCount: min(used, count))
        try body(&span)
    }

    /// Makes the pages read-only for good.
    func seal() throws(CryptoError) {
        guard sodium_mprotect_readonly(address) == 0 else { throw .memoryUnavailable(bytes: count) }
    }

    /// Zeroes the first bytes of pages that were not sealed.
    ///
    /// - Parameter used: how many; at most ``count``.
    func zero(_ used: Int) {
        sodium_memzero(address, min(used, count))
    }

    /// Lends the first bytes.
    func withBytes<Result, Failure: Error>(
        _ used: Int, _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // The caller holds `self`, and with it the pages, until this returns.
        try body(UnsafeRawBufferPointer(start: address, count: min(used, count)).bytes)
    }
}
