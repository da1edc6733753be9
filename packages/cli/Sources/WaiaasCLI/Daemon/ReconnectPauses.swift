import WaiaasCore

/// How long to wait before a lost stream is asked for again: a quarter of a second, then up to twice as long each time, five seconds at most.
///
/// Chance takes up to half of each, so that everybody who watched does not come at one moment.
struct ReconnectPauses {
    static let shortest = Duration.milliseconds(250)
    static let longest = Duration.seconds(5)

    private let randomness: Randomness
    private var bound = shortest

    init(randomness: Randomness) { self.randomness = randomness }

    /// The next pause.
    mutating func next() -> Duration {
        let chance = Int64(randomness.word() % UInt64(max(1, bound.wholeMilliseconds / 2)))
        let pause = max(Self.shortest, bound - .milliseconds(chance))
        bound = min(Self.longest, bound * 2)
        return pause
    }
}
