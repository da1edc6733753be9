import WaiaasCore

/// Prints what is shown once, a session's token or a client's secret, as `--output` says.
struct TokenPrinter {
    private let invocation: Invocation
    private let output: TokenOutput?

    /// Reads the options, before anything is done: a token that cannot be printed as wished would be lost.
    init(_ invocation: Invocation, command: [String]) throws(CommandFailure) {
        let output = invocation.arguments[SharedParameters.tokenOutput]
        try self.init(invocation, output, spelled: output?.rawValue, command)
    }

    /// The same for a client's secret.
    init(secretOf invocation: Invocation, command: [String]) throws(CommandFailure) {
        let output = invocation.arguments[SharedParameters.secretOutput]
        try self.init(invocation, output?.form, spelled: output?.rawValue, command)
    }

    private init(_ invocation: Invocation, _ output: TokenOutput?, spelled: String?, _ command: [String]) throws(CommandFailure) {
        if invocation.isJSON, let output, output != .json, let spelled {
            throw .usage(.contradiction("--json", "--output \(spelled)"), command: command)
        }
        self.invocation = invocation
        self.output = output
    }

    /// Prints.
    ///
    /// - Parameters:
    ///   - report: text and JSON.
    ///   - token: the token or the secret alone.
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
