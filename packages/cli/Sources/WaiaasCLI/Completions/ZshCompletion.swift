/// Completions for zsh, through its `_describe` and `_arguments`.
struct ZshCompletion {
    private let words: CommandWords

    init(_ words: CommandWords) { self.words = words }

    var text: String {
        """
        #compdef waiaas
        # zsh completion for waiaas, made by `waiaas completions zsh`

        _waiaas() {
            local -a found
            if [[ $words[2] == help ]]; then
                words=("${(@)words[1]}" "${(@)words[3,-1]}")
                (( CURRENT -= 1 ))
                if (( CURRENT > 3 )); then return 1; fi
            fi
            if (( CURRENT <= 2 )); then
                found=(
        \(described(words.first, margin: 12))
                )
                _describe -t commands 'command' found
                return
            fi
            local name=$words[2]
            case $name in
        \(groups)
            esac
            case $name in
        \(arguments)
            esac
        }

        if [[ $funcstack[1] == _waiaas ]]; then
            _waiaas "$@"
        else
            compdef _waiaas waiaas
        fi

        """
    }

    private func described(_ list: [CommandWords.Word], margin: Int) -> String {
        list.map { word in
            String(repeating: " ", count: margin) + ShellQuoting.quoted("\(word.text):\(word.summary.replacing(":", with: "\\:"))")
        }.joined(separator: "\n")
    }

    private var groups: String {
        words.groups.map { group in
            """
                (\(group))
                    if (( CURRENT == 3 )); then
                        found=(
            \(described(words.second(after: group), margin: 16))
                        )
                        _describe -t commands 'command' found
                        return
                    fi
                    name+=" $words[3]"
                    words=("${(@)words[2,-1]}")
                    (( CURRENT -= 1 ))
                    ;;
            """
        }.joined(separator: "\n")
    }

    /// `_arguments` counts from the command's last word on.
    private var arguments: String {
        words.commands.map { command in
            let specs = CommandWords.shown(command).map { "        " + spec($0) }.joined(separator: " \\\n")
            return """
                    (\(ShellQuoting.quoted(command.name)))
                        words=("${(@)words[2,-1]}")
                        (( CURRENT -= 1 ))
                        _arguments -s -S \\
                \(specs)
                        ;;
                """
        }.joined(separator: "\n")
    }

    private func spec(_ row: ParameterRow) -> String {
        let text = "[" + escaped(row.text) + "]"
        switch row.kind {
        case .flag:
            guard let short = row.short else { return ShellQuoting.quoted("--\(row.name)\(text)") }
            let both = "(-\(short) --\(row.name))"
            return ShellQuoting.quoted(both) + "{-\(short),--\(row.name)}" + ShellQuoting.quoted(text)
        case .option(let placeholder): return ShellQuoting.quoted("--\(row.name)=\(text):\(escaped(placeholder)):\(action(row))")
        case .positional: return ShellQuoting.quoted((row.isRequired ? ":" : "::") + escaped(row.name) + ":" + action(row))
        }
    }

    private func action(_ row: ParameterRow) -> String {
        switch row.completion {
        case .words(let choices): "(" + choices.joined(separator: " ") + ")"
        case .file: "_files"
        case .directory: "_files -/"
        case .nothing: " "
        }
    }

    private func escaped(_ text: String) -> String {
        [("\\", "\\\\"), ("[", "\\["), ("]", "\\]"), (":", "\\:")].reduce(text) { $0.replacing($1.0, with: $1.1) }
    }
}
