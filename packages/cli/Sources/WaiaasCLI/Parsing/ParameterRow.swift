/// One thing that a command takes, as data: help, parser, man page and completions are made from it.
struct ParameterRow: Sendable {
    /// How it is written on the command line.
    enum Kind: Hashable, Sendable {
        /// `--name`.
        case flag
        /// `--name VALUE` or `--name=VALUE`; the placeholder names the value in the help. `FILE` and `DIR` stand for paths, which shells
        /// complete.
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
    /// Whether a value may look like `-x…`, which elsewhere is a wrong option. Those that begin with `--` stand behind `--`.
    let mayBeginWithHyphen: Bool
    /// What it does, in a line.
    let text: String
    /// The values there are, if they can be listed.
    let choices: [String]
    /// What a value must be, as the end of a sentence.
    let expected: String
    /// Whether a value is one.
    let accepts: @Sendable (String) -> Bool

    /// How it is spelled in help and errors: `--agent`, `SESSION`.
    var spelling: String { kind == .positional ? name : "--" + name }

    /// What a shell offers for the value.
    var completion: Completion {
        if !choices.isEmpty { return .words(choices) }
        return switch kind {
        case .option("FILE"): .file
        case .option("DIR"): .directory
        case .flag, .option, .positional: .nothing
        }
    }

    /// What a shell can offer.
    enum Completion: Hashable, Sendable {
        /// One of these words.
        case words([String])
        /// A file's name.
        case file
        /// A directory's name.
        case directory
        /// Nothing that it could know.
        case nothing
    }
}
