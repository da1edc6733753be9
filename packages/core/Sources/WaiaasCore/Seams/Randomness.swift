/// The seam to chance: ids are made of these bits. Live, they come from the kernel.
public struct Randomness: Sendable {
    private let draw: @Sendable () -> UInt64

    /// Randomness that answers with a closure of 64 random bits; tests pass a seeded one.
    public init(draw: @escaping @Sendable () -> UInt64) {
        self.draw = draw
    }

    /// 64 fresh random bits.
    public func word() -> UInt64 { draw() }

    /// The kernel's generator.
    public static let system = Randomness {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }
}
