/// Completions for fish: a line for each word and each option, under the condition that it may stand there.
struct FishCompletion {
    private let words: CommandWords

    init(_ words: CommandWords) { self.words = words }

    var text: String {
        """
        # fish completion for waiaas, made by `waiaas completions fish`

        # Whether the words after waiaas begin with these.
        function __waiaas_begins
            set -l given (commandline -opc)
            set -e given[1]
            for index in (seq (count $argv))
                if test "$given[$index]" != "$argv[$index]"
                    return 1
                end
            end
        end

        # Whether the words after waiaas are these and no more.
        function __waiaas_is
            test (count (commandline -opc)) -eq (math (count $argv) + 1)
            and __waiaas_begins $argv
        end

        complete -c waiaas -f

        \((firsts + seconds + options).joined(separator: "\n"))

        """
    }

    private var firsts: [String] {
        words.first.map { line("__waiaas_is", $0) }
            + words.first.filter { $0.text != "help" }.map { line("__waiaas_is help", $0) }
    }

    private var seconds: [String] {
        words.groups.flatMap { group in
            words.second(after: group).flatMap { [line("__waiaas_is \(group)", $0), line("__waiaas_is help \(group)", $0)] }
        }
    }

    private func line(_ condition: String, _ word: CommandWords.Word) -> String {
        "complete -c waiaas -n \(quoted(condition)) -a \(quoted(word.text)) -d \(quoted(word.summary))"
    }

    private var options: [String] {
        words.commands.flatMap { command in
            CommandWords.shown(command).compactMap { row in
                let start = "complete -c waiaas -n \(quoted("__waiaas_begins \(command.name)"))"
                let name = (row.short.map { " -s \($0)" } ?? "") + " -l \(row.name)"
                let text = " -d \(quoted(row.text))"
                return switch row.kind {
                case .flag: start + name + text
                case .option: start + name + value(row) + text
                case .positional: row.choices.isEmpty ? nil : start + " -a \(quoted(row.choices.joined(separator: " ")))" + text
                }
            }
        }
    }

    private func value(_ row: ParameterRow) -> String {
        switch row.completion {
        case .words(let choices): " -x -a \(quoted(choices.joined(separator: " ")))"
        case .file: " -r -F"
        case .directory: " -x -a '(__fish_complete_directories)'"
        case .nothing: " -x"
        }
    }

    /// In single quotes fish knows two escapes: of the quote and of the backslash.
    private func quoted(_ text: String) -> String {
        "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
    }
}
