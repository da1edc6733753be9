import CSodium

/// One allocation of libsodium: guard pages around it, locked, left out of core dumps, zeroed when freed.
///
/// It owns the pages from `init` to `deinit`. They are written in `fill`, before the owner hands the object on, and are read-only from
/// then on, which the processor enforces; so any number of threads may read, and `@unchecked Sendable` is sound.
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

    func fill(_ body: (inout MutableRawSpan) throws(CryptoError) -> Void) throws(CryptoError) {
        var span = MutableRawSpan(_unsafeStart: address, byteCount: count)
        try body(&span)
        guard sodium_mprotect_readonly(address) == 0 else { throw .memoryUnavailable(bytes: count) }
    }

    func withBytes<Result, Failure: Error>(_ body: (RawSpan) throws(Failure) -> Result) throws(Failure) -> Result {
        // The caller holds `self`, and with it the pages, until this returns.
        try body(UnsafeRawBufferPointer(start: address, count: count).bytes)
    }
}
