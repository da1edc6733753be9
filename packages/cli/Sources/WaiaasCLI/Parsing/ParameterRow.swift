/// One thing that a command takes, as data: help, parser, man page and completions are made from it.
struct ParameterRow: Sendable {
    /// How it is written on the command line.
    enum Kind: Hashable, Sendable {
        /// `--name`.
        case flag
        /// `--name VALUE` or `--name=VALUE`; the placeholder names the value in the help.
        case option(placeholder: String)
        /// By its place; the name is the placeholder.
        case positional
    }

    /// The long name without its hyphens, or the placeholder of a positional argument.
    let name: String
    /// `d` for `-d`.
    let short: Character?
    /// How it is written.
    let kind: Kind
    /// Whether the command cannot do without it.
    let isRequired: Bool
    /// Whether the help leaves it out: it is for our own processes.
    let isHidden: Bool
    /// What it does, in a line.
    let text: String
    /// What a value must be, as the end of a sentence.
    let expected: String
    /// Whether a value is one.
    let accepts: @Sendable (String) -> Bool

    /// How it is spelled in help and errors: `--agent`, `SESSION`.
    var spelling: String { kind == .positional ? name : "--" + name }
}
