import WaiaasCore

/// Prints a session with its token as `--output` says.
struct TokenPrinter {
    private let invocation: Invocation
    private let output: TokenOutput?

    /// Reads the options, before anything is done: a token that cannot be printed as wished would be lost.
    init(_ invocation: Invocation, command: [String]) throws(CommandFailure) {
        let output = invocation.arguments[SharedParameters.tokenOutput]
        if invocation.isJSON, let output, output != .json {
            throw .usage(.contradiction("--json", "--output \(output.rawValue)"), command: command)
        }
        self.invocation = invocation
        self.output = output
    }

    /// Prints.
    ///
    /// - Parameters:
    ///   - report: text and JSON.
    ///   - token: the token alone.
    ///   - variables: what a shell shall know.
    func print(_ report: Report, token: String, variables: [(String, String)]) throws(CommandFailure) {
        switch output {
        case nil: try invocation.report(report)
        case .json: try invocation.print(String(decoding: report.json, as: UTF8.self))
        case .token: try invocation.print(token)
        case .env: try invocation.print(variables.map(ShellQuoting.export).joined(separator: "\n"))
        }
    }
}
