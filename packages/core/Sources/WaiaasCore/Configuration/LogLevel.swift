/// How severe a line of the log is, least severe first.
public enum LogLevel: String, CaseIterable, Comparable, Sendable {
    /// Every step, for whoever looks for a fault.
    case trace
    /// What a developer wants to know.
    case debug
    /// What an operator wants to know.
    case info
    /// Something is off, and the daemon goes on.
    case warn
    /// Something failed.
    case error

    /// Less severe sorts first.
    public static func < (left: LogLevel, right: LogLevel) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .trace: 0
        case .debug: 1
        case .info: 2
        case .warn: 3
        case .error: 4
        }
    }
}
