/// Chance that can be repeated: SplitMix64 (Steele, Lea, Flood 2014).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    /// The seed of this run: `WAIAAS_SEED`, or another one each time. Print it with what was found.
    static let runSeed = Variables["WAIAAS_SEED"].flatMap { UInt64($0) } ?? .random(in: .min ... .max)
}
