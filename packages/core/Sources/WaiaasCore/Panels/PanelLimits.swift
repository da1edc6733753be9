/// What bounds panels (design 2.7).
public struct PanelLimits: Equatable, Sendable {
    /// How many panels a user may have.
    public var perUser: Int
    /// Whether panels without an owner can be made, changed and seen.
    public var allowsPublic: Bool

    /// Limits from the settings.
    public init(perUser: Int, allowsPublic: Bool) {
        self.perUser = perUser
        self.allowsPublic = allowsPublic
    }

    /// The lives that may be asked for, in seconds: one to 366 days.
    public static let lifeRange: ClosedRange<Int64> = 1...31_622_400
    /// The life of a user's panel that asks for none.
    public static let userLife = Duration.seconds(3_600)
    /// The life of a public panel that asks for none.
    public static let publicLife = Duration.seconds(86_400)
    /// How many public panels there may be.
    public static let publicCount = 1_000
    /// How many public panels one address may make.
    public static let publicCreations = RateLimit(60, per: .seconds(60))
    /// What the templates, arguments and pictures of one space may take together, in bytes: they are kept in memory.
    public static let room = 32 << 20
    /// Longest template, in bytes.
    public static let templateBytes = 256 << 10

    /// How many panels a space may hold.
    public func count(in space: PanelSpace) -> Int {
        switch space {
        case .user: perUser
        case .public: Self.publicCount
        }
    }
}
