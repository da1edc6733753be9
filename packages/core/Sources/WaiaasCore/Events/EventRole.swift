/// What an event consumer may do (design 2.3).
public enum EventRole: String, Sendable, CaseIterable, Comparable {
    /// Have events signed.
    case sign
    /// Have signatures checked.
    case verify
    /// Hold the keys themselves: fetch the key set, and say which keys it has loaded.
    case keys

    /// In the order of their declaration.
    public static func < (left: EventRole, right: EventRole) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
