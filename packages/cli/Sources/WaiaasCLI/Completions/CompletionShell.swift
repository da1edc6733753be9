/// A shell that completions can be printed for.
enum CompletionShell: String, CaseIterable, Sendable {
    case bash
    case zsh
    case fish

    /// The completions for a table of commands, as the shell reads them.
    func script(for commands: [Command]) -> String {
        let words = CommandWords(commands)
        return switch self {
        case .bash: BashCompletion(words).text
        case .zsh: ZshCompletion(words).text
        case .fish: FishCompletion(words).text
        }
    }
}
