import WaiaasCore

extension Command {
    private static let shell = Parameter<CompletionShell>.choice(place: "SHELL", "the shell: bash, zsh or fish")

    static let completions = Command(
        "completions", summary: "print completions for a shell",
        text: """
            Prints what makes a shell complete commands, options and their values. A package or make install has put it in place already.
            """,
        parameters: [shell.row],
        examples: [
            .init("bash, for you alone", "waiaas completions bash > ~/.local/share/bash-completion/completions/waiaas"),
            .init("zsh, in a folder of your fpath", "waiaas completions zsh > ~/.zfunc/_waiaas"),
            .init("fish", "waiaas completions fish > ~/.config/fish/completions/waiaas.fish"),
        ]
    ) { invocation async throws(CommandFailure) in
        let script = try invocation.arguments.required(shell).script(for: CommandTable.all)
        if invocation.isJSON {
            try invocation.report(Report(lines: []) { $0.member("script", script) })
        } else {
            try invocation.print(String(script.dropLast()))
        }
        return .success
    }
}
