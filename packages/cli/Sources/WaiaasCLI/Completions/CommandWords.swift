/// The table of commands as a shell's completion sees it: first words, second words, what each command takes.
struct CommandWords {
    /// A word and what it stands for.
    struct Word {
        let text: String
        let summary: String
    }

    let commands: [Command]

    init(_ commands: [Command]) { self.commands = commands }

    /// What may stand first: commands of one word, groups, and `help`.
    var first: [Word] {
        var seen: Set<String> = []
        let words = commands.filter { seen.insert($0.words[0]).inserted }.map { command in
            Word(text: command.words[0], summary: command.words.count == 1 ? command.summary : Self.list(second(after: command.words[0])))
        }
        return words + [Word(text: "help", summary: "show the help of a command")]
    }

    /// The groups: words that another one must follow.
    var groups: [String] { first.map(\.text).filter { !second(after: $0).isEmpty } }

    /// What may stand after a group's word.
    func second(after word: String) -> [Word] {
        var seen: Set<String> = []
        return commands.filter { $0.words.count > 1 && $0.words[0] == word && seen.insert($0.words[1]).inserted }.map { command in
            let more = commands.filter { $0.words.count > 2 && $0.words.prefix(2) == command.words.prefix(2) }.map { $0.words[2] }
            return Word(text: command.words[1], summary: more.isEmpty ? command.summary : more.joined(separator: ", "))
        }
    }

    /// What a command takes and shows.
    static func shown(_ command: Command) -> [ParameterRow] { command.allParameters.filter { !$0.isHidden } }

    private static func list(_ words: [Word]) -> String { words.map(\.text).joined(separator: ", ") }
}
