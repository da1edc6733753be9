/// How much a finding of `waiaas doctor` matters.
public enum DoctorLevel: String, Sendable, CaseIterable, Comparable {
    /// Looked at, and nothing to say.
    case ok
    /// It could not be looked at; the text says why.
    case skipped
    /// Works, and could be better.
    case advice
    /// Works, and may not for long, or not as safely as it should.
    case warning
    /// Does not work, or is not safe.
    case fault

    /// What matters less comes first.
    public static func < (one: DoctorLevel, other: DoctorLevel) -> Bool { one.rank < other.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
