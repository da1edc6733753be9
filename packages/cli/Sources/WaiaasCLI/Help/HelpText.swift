import WaiaasCore

/// The help, made from the table of commands.
enum HelpText {
    /// The help of a command, of a group, or (no words) of the program.
    static func text(for words: [String], in commands: [Command]) -> String {
        if let command = commands.first(where: { $0.words == words }) { return text(of: command) }
        let group = commands.filter { $0.words.starts(with: words) }
        var lines = [words.isEmpty ? introduction : "waiaas \(words.joined(separator: " ")): its commands", ""]
        let usage = (["usage: waiaas"] + (words.isEmpty ? ["COMMAND"] : words + ["COMMAND"]) + ["[OPTIONS]"]).joined(separator: " ")
        lines += [usage, "", "commands:"]
        lines += columns(group.map { ($0.name, $0.summary) })
        lines += ["", "every command takes:"] + columns(CommonParameters.rows.map(entry))
        if words.isEmpty {
            lines += ["", "exit codes:"] + columns(exitCodes) + ["", "waiaas COMMAND --help shows a command with examples."]
        }
        return lines.joined(separator: "\n")
    }

    /// How a command is called: `waiaas session create --agent NAME|ID [OPTIONS]`.
    static func synopsis(of command: Command) -> String {
        let given: [String] = command.parameters.filter { !$0.isHidden }.compactMap { row in
            switch row.kind {
            case .positional: row.isRequired ? row.name : "[\(row.name)]"
            case .option, .flag: row.isRequired ? entry(row).0 : nil
            }
        }
        return (["waiaas", command.name] + given + ["[OPTIONS]"]).joined(separator: " ")
    }

    private static func text(of command: Command) -> String {
        var lines = ["waiaas \(command.name): \(command.summary)", "", "usage: \(synopsis(of: command))", ""]
        lines += TextLayout.wrapped(command.text, width: 100)
        let own = command.parameters.filter { !$0.isHidden }
        let arguments = own.filter { $0.kind == .positional }
        if !arguments.isEmpty { lines += ["", "arguments:"] + columns(arguments.map(entry)) }
        let options = own.filter { $0.kind != .positional }
        if !options.isEmpty { lines += ["", "options:"] + columns(options.map(entry)) }
        lines += ["", "every command takes:"] + columns(CommonParameters.rows.map(entry))
        lines += ["", "examples:"] + command.examples.flatMap { ["  # \($0.text)", "  \($0.line)"] }
        return lines.joined(separator: "\n")
    }

    private static func entry(_ row: ParameterRow) -> (String, String) {
        switch row.kind {
        case .positional: (row.name, row.text)
        case .flag: ((row.short.map { "-\($0), " } ?? "") + "--\(row.name)", row.text)
        case .option(let placeholder): ("--\(row.name) \(placeholder)", row.text + (row.isRequired ? "; required" : ""))
        }
    }

    private static func columns(_ entries: [(String, String)]) -> [String] {
        let width = entries.map(\.0.count).max() ?? 0
        return entries.map { "  " + TextLayout.padded($0.0, to: width) + "  " + $0.1 }
    }

    private static let introduction = """
        waiaas: gives out keys that expire, and changes the locks while everyone is inside

        A self-hosted daemon in one data directory: session tokens for agents, tokens for users that any
        program can verify, rotation of what signs them with no failed request, and a record of it all that
        can be checked.
        """

    static let exitCodes: [(String, String)] = ExitCode.allCases.map { code in
        let meaning =
            switch code {
            case .success: "done"
            case .failure: "something went wrong, the command line too"
            case .alreadyRunning: "another daemon holds the data directory"
            case .notAvailable: "the data directory is not initialised, or no daemon runs"
            case .wrongPassword: "the master password is wrong"
            case .timeout: "it took longer than allowed"
            }
        return (String(code.rawValue), meaning)
    }
}
