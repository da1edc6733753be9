import WaiaasCore

/// One command as data, with what it does.
struct Command: Sendable {
    /// A way to use it.
    struct Example: Sendable {
        /// What it achieves.
        let text: String
        /// The line to type.
        let line: String

        init(_ text: String, _ line: String) {
            self.text = text
            self.line = line
        }
    }

    /// Its words: `["session", "create"]`.
    let words: [String]
    /// What it does, in a few words.
    let summary: String
    /// What somebody who uses it must know, in sentences.
    let text: String
    /// What it takes besides ``CommonParameters``.
    let parameters: [ParameterRow]
    /// How it is used.
    let examples: [Example]
    /// Does it.
    let run: @Sendable (Invocation) async throws(CommandFailure) -> ExitCode

    init(
        _ words: String..., summary: String, text: String, parameters: [ParameterRow] = [], examples: [Example],
        run: @escaping @Sendable (Invocation) async throws(CommandFailure) -> ExitCode
    ) {
        self.words = words
        self.summary = summary
        self.text = text
        self.parameters = parameters
        self.examples = examples
        self.run = run
    }

    /// The words as one text.
    var name: String { words.joined(separator: " ") }
    /// Everything it takes.
    var allParameters: [ParameterRow] { parameters + CommonParameters.rows }
    /// Its positional arguments in order.
    var positionals: [ParameterRow] { parameters.filter { $0.kind == .positional } }
}
