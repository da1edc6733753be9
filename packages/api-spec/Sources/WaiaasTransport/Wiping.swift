import Glibc

/// Overwriting memory in a way that the optimiser may not remove.
enum Wiping {
    static func wipe(_ memory: UnsafeMutableRawBufferPointer) {
        guard let start = memory.baseAddress else { return }
        explicit_bzero(start, memory.count)
    }
}
