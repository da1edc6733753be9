/// Writes values so that a POSIX shell reads them back as they are.
enum ShellQuoting {
    /// A value in single quotes; a quote in it becomes `'\''` (POSIX Shell Command Language, 2.2.2).
    static func quoted(_ value: String) -> String {
        "'" + value.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    /// A value as a word of a command line, in quotes only where it needs them.
    static func word(_ value: String) -> String { value.contains { $0 == " " || $0 == "'" } ? quoted(value) : value }

    /// A line that sets and exports a variable.
    static func export(_ name: String, _ value: String) -> String { "export \(name)=\(quoted(value))" }
}
