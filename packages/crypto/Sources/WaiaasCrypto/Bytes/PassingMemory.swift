import Synchronization

/// Guarded memory for secrets that live as long as a request: lent, zeroed when it comes back, and lent again.
///
/// To make such memory and to give it back takes a dozen system calls that change the address space, and each stops every thread of the
/// process; measured, that was half of the processor time of a request with a password. It stays writable while it is lent.
enum PassingMemory {
    /// The longest secret that is put here, in bytes: the longest password of a user.
    static let room = 4_096
    /// How many pieces are kept for the next request, so that of a flood of sign-ins, each of which holds one while it waits, only the
    /// first make any. Each is two pages of locked memory.
    private static let kept = 128

    private static let spare = Mutex<[GuardedMemory]>([])

    /// A zeroed piece of ``room`` bytes that nobody else has.
    static func take() throws(CryptoError) -> GuardedMemory {
        if let memory = spare.withLock({ $0.popLast() }) { return memory }
        return try GuardedMemory(count: room)
    }

    /// Zeroes a piece and keeps it, or lets it go if there are enough.
    ///
    /// - Parameter used: how many of its bytes were written, from the first on.
    static func giveBack(_ memory: GuardedMemory, used: Int) {
        memory.zero(used)
        spare.withLock { spare in
            if spare.count < kept { spare.append(memory) }
        }
    }
}
