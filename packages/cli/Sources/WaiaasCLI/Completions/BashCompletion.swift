/// Completions for bash, without the package bash-completion: a function of its own that reads `COMP_WORDS`.
struct BashCompletion {
    private let words: CommandWords

    init(_ words: CommandWords) { self.words = words }

    var text: String {
        """
        # bash completion for waiaas, made by `waiaas completions bash`

        _waiaas() {
            local current=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]} words=
            # bash takes an equals sign for a word of its own.
            if [[ $current == = ]]; then
                current=
            elif [[ $option == = ]]; then
                option=${COMP_WORDS[COMP_CWORD-2]}
            fi
            COMPREPLY=()
            if ((COMP_CWORD == 1)); then
                mapfile -t COMPREPLY < <(compgen -W '\(list(words.first))' -- "$current")
                return
            fi
            if [[ $command == help ]]; then
                if ((COMP_CWORD == 2)); then words='\(list(words.first))'; else command=${COMP_WORDS[2]}; fi
            fi
            if ((COMP_CWORD == 2)) || [[ ${COMP_WORDS[1]} == help && COMP_CWORD -eq 3 ]]; then
                case $command in
        \(seconds)
                esac
                if [[ -n $words ]]; then
                    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
                    return
                fi
            fi
            if [[ ${COMP_WORDS[1]} == help ]]; then return; fi
            case $command in
            \(words.groups.joined(separator: "|"))) command+=" ${COMP_WORDS[2]}" ;;
            esac
            # The value of an option.
            case "$command $option" in
        \(values)
            esac
            # An option, or an argument that can be listed.
            case $command in
        \(rest)
            esac
            mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
        }

        complete -F _waiaas waiaas

        """
    }

    private func list(_ words: [CommandWords.Word]) -> String { words.map(\.text).joined(separator: " ") }

    private var seconds: String {
        words.groups.map { "        \($0)) words='\(list(words.second(after: $0)))' ;;" }.joined(separator: "\n")
    }

    private var values: String {
        words.commands.flatMap { command in
            CommandWords.shown(command).compactMap { row -> String? in
                guard case .option = row.kind else { return nil }
                let offer =
                    switch row.completion {
                    case .words(let choices): "mapfile -t COMPREPLY < <(compgen -W '\(choices.joined(separator: " "))' -- \"$current\")"
                    case .file: "compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- \"$current\")"
                    case .directory: "compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- \"$current\")"
                    case .nothing: ":"
                    }
                return "    '\(command.name) \(row.spelling)') \(offer); return ;;"
            }
        }.joined(separator: "\n")
    }

    private var rest: String {
        words.commands.map { command in
            let rows = CommandWords.shown(command)
            let options = rows.filter { $0.kind != .positional }.map(\.spelling)
            let places = rows.filter { $0.kind == .positional }.flatMap(\.choices)
            return "    '\(command.name)') words='\((places + options).joined(separator: " "))' ;;"
        }.joined(separator: "\n")
    }
}
