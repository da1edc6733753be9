extension Argon2id {
    /// What one derivation costs. Both bounds matter: below, a password would be cheap to guess; above, a file that somebody prepared
    /// could make the daemon ask for all the memory there is.
    public struct Parameters: Sendable, Hashable {
        /// Memory allowed, in KiB: 8 MiB … 1 GiB.
        public static let memoryRange = 8 * 1_024...1_024 * 1_024
        /// Passes allowed.
        public static let passesRange = 1...16

        /// Memory, in KiB.
        public let memoryKiB: Int
        /// Passes over the memory.
        public let passes: Int

        /// Chooses a cost.
        /// - Throws: `CryptoError.parameterOutOfRange`, naming which.
        public init(memoryKiB: Int, passes: Int) throws(CryptoError) {
            guard Self.memoryRange.contains(memoryKiB) else {
                throw .parameterOutOfRange(name: "memoryKiB", value: memoryKiB, allowed: Self.memoryRange)
            }
            guard Self.passesRange.contains(passes) else {
                throw .parameterOutOfRange(name: "passes", value: passes, allowed: Self.passesRange)
            }
            self.init(checkedMemoryKiB: memoryKiB, passes: passes)
        }

        private init(checkedMemoryKiB: Int, passes: Int) {
            memoryKiB = checkedMemoryKiB
            self.passes = passes
        }

        /// For the master password: 64 MiB, three passes (RFC 9106 section 4, second recommendation, on one lane).
        public static let master = Parameters(checkedMemoryKiB: 64 * 1_024, passes: 3)
        /// For a user's own password: 19 MiB, two passes (OWASP, Password Storage Cheat Sheet).
        public static let user = Parameters(checkedMemoryKiB: 19 * 1_024, passes: 2)
        /// The cheapest that is allowed: for tests, and for secrets that are random anyway.
        public static let cheapest = Parameters(checkedMemoryKiB: memoryRange.lowerBound, passes: passesRange.lowerBound)
    }
}
