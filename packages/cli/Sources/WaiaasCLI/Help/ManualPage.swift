import WaiaasCore

/// The manual page `waiaas(1)`, made from the table of commands.
public enum ManualPage {
    /// The page in roff; the same text every time.
    public static var roff: String {
        let commands = CommandTable.all
        return
            ([
                ".\\\" Generated from the table of commands; edit the source, not this file.",
                ".TH WAIAAS 1 \"\" \"waiaas \(ProductVersion.current)\" \"User Commands\"",
                ".SH NAME",
                "waiaas \\- gives out session tokens that expire, and rotates the secret behind them",
                ".SH SYNOPSIS",
                ".B waiaas", ".I COMMAND", ".RI [ OPTIONS ]", ".br",
                ".B waiaas help", ".RI [ COMMAND ]",
                ".SH DESCRIPTION",
            ] + description + [".SH COMMANDS"] + commands.flatMap(section) + [".SH OPTIONS", "Every command takes:"]
            + CommonParameters.rows.flatMap(entry) + [".SH ENVIRONMENT"] + environment.flatMap(tagged) + [".SH FILES"]
            + files.flatMap(tagged) + [".SH EXIT STATUS"] + HelpText.exitCodes.flatMap(tagged) + [".SH EXAMPLES"] + examples
            + [".SH SEE ALSO", "The operations guide (docs/operations.md) and the reference (docs/reference) of the source tree.", ".br"]
            + [".BR systemd.exec (5),", ".BR flock (2)"])
            .joined(separator: "\n") + "\n"
    }

    private static let description = [
        Roff.text("A self-hosted daemon in one data directory: session tokens for agents, rotation of the secret that signs them with no"),
        Roff.text("failed request, and a record of it all that can be checked."),
        Roff.text("The daemon is started by waiaas start; every other command talks to it, or to its data directory while it is stopped."),
        ".PP",
        Roff.text("Results go to standard output, everything else to standard error. With --json each is one JSON object."),
        Roff.text("Commands that cannot be undone ask first; where there is no terminal to ask at they want --yes."),
    ]

    private static func section(of command: Command) -> [String] {
        let own = command.parameters.filter { !$0.isHidden }
        return [".SS \"waiaas \(Roff.text(command.name))\"", Roff.text(HelpText.synopsis(of: command)), ".PP", sentence(command.summary)]
            + TextLayout.wrapped(command.text, width: 100).map(Roff.text) + own.flatMap(entry) + [".PP", "Examples:"]
            + command.examples.flatMap(example)
    }

    private static func entry(_ row: ParameterRow) -> [String] {
        let name: String =
            switch row.kind {
            case .positional: Roff.italic(row.name)
            case .flag: (row.short.map { Roff.bold("-\($0)") + ", " } ?? "") + Roff.bold("--" + row.name)
            case .option(let placeholder): Roff.bold("--" + row.name) + " " + Roff.italic(placeholder)
            }
        return [".TP", name, sentence(row.text + (row.isRequired && row.kind != .positional ? "; required" : ""))]
    }

    private static func example(_ example: Command.Example) -> [String] {
        [".PP", Roff.text(example.text) + ":", ".PP", ".RS 4", ".nf", Roff.text(example.line), ".fi", ".RE"]
    }

    private static func tagged(_ term: String, _ text: String) -> [String] { [".TP", Roff.bold(term), sentence(text)] }

    /// A phrase of the help, with a capital and a full stop.
    private static func sentence(_ text: String) -> String { Roff.text(text.prefix(1).uppercased() + text.dropFirst() + ".") }

    private static let environment: [(String, String)] = [
        ("WAIAAS_DATA_DIR", "the data directory, unless --data-dir names one; without both it is ~/.waiaas"),
        ("WAIAAS_MASTER_PASSWORD_FILE", "a file that holds the master password, unless --password-file names one"),
        ("WAIAAS_MASTER_PASSWORD", "the master password itself; it stays readable in the environment of the process, so prefer a file"),
        ("WAIAAS_<SECTION>_<KEY>", "a setting of config.toml, such as WAIAAS_DAEMON_PORT; it wins over the file"),
        ("CREDENTIALS_DIRECTORY", "set by systemd; the credential master-password in it is the master password"),
    ]

    private static let files: [(String, String)] = [
        ("config.toml", "the settings, each with its default and its range"),
        ("waiaas.db", "everything that is kept; secrets in it are sealed under the master password"),
        ("audit-checkpoints.jsonl", "signatures under the audit log; copy it elsewhere, see waiaas audit verify"),
        ("daemon.lock", "held by the one daemon; never delete it"),
        ("operator.sock", "the operator's door, through which the commands ask the daemon"),
        ("logs/daemon.log", "what a daemon started with --daemon has to say"),
        ("backups/", "copies of the database"),
    ]

    private static let examples: [String] = [
        ("make a data directory and start the daemon", "waiaas init && waiaas start --daemon"),
        ("a token for an agent", "waiaas agent create --name trader && waiaas session create --agent trader --output token"),
        ("change the secret while everyone goes on working", "waiaas secret rotate"),
        ("look for what is wrong", "waiaas doctor"),
    ].flatMap { example(Command.Example($0.0, $0.1)) }
}
