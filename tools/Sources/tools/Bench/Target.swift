/// What design 5.3 asks of a figure: what is to be reached now, and what would be as good as it gets.
struct Target: Sendable {
    private enum Kind {
        case ratioAtLeast
        case ratioAtMost
        case atMost
        case atLeast
    }

    private let kind: Kind
    /// To be reached now.
    let now: Double
    /// The aim.
    let aim: Double

    /// Ours divided by the other's, where more is better.
    static func ratioAtLeast(_ now: Double, aim: Double) -> Target { Target(kind: .ratioAtLeast, now: now, aim: aim) }
    /// The same, where less is better.
    static func ratioAtMost(_ now: Double, aim: Double) -> Target { Target(kind: .ratioAtMost, now: now, aim: aim) }
    /// Our own value, where less is better.
    static func atMost(_ now: Double, aim: Double) -> Target { Target(kind: .atMost, now: now, aim: aim) }

    /// Our own value, where more is better.
    static func atLeast(_ now: Double, aim: Double) -> Target { Target(kind: .atLeast, now: now, aim: aim) }

    /// Whether the ratio counts; otherwise our own value does.
    var isOfRatio: Bool { kind != .atMost && kind != .atLeast }

    /// How a value compares.
    func verdict(of value: Double) -> Figure.Verdict {
        switch kind {
        case .ratioAtLeast, .atLeast: value >= aim ? .aim : value >= now ? .reached : .below
        case .ratioAtMost, .atMost: value <= aim ? .aim : value <= now ? .reached : .below
        }
    }

    /// A bound in words.
    func text(of bound: Double, unit: String) -> String {
        switch kind {
        case .ratioAtLeast: "≥ \(FigureTable.number(bound)) ×"
        case .ratioAtMost: "≤ \(FigureTable.number(bound)) ×"
        case .atLeast: "≥ \(FigureTable.number(bound)) \(unit)"
        case .atMost: "≤ \(FigureTable.number(bound)) \(unit)"
        }
    }
}
