/// How a line of the log is written.
public enum LogFormat: String, CaseIterable, Sendable {
    /// Time, level, event, and facts as `name=value`: for people.
    case text
    /// One JSON object a line: for programs.
    case json
}
