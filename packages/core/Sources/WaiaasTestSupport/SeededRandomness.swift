import Synchronization
public import WaiaasCore

/// Randomness that repeats: the same seed gives the same run (SplitMix64).
public final class SeededRandomness: Sendable {
    private let state: Mutex<UInt64>

    /// A generator from its seed.
    public init(seed: UInt64) {
        state = Mutex(seed)
    }

    /// The seam to hand to the code under test.
    public var randomness: Randomness { Randomness { [self] in word() } }

    /// The next 64 bits.
    public func word() -> UInt64 {
        state.withLock { state in
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    /// A number in a range, for choosing the next operation of a property test.
    public func below(_ bound: Int) -> Int {
        bound <= 1 ? 0 : Int(word() % UInt64(bound))
    }
}
