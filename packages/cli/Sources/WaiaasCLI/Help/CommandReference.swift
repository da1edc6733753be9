/// The reference of the command line as Markdown, made from the table of commands: each command with its help.
public enum CommandReference {
    /// The page; the same text every time.
    public static var markdown: String {
        let commands = CommandTable.all
        let pages = [("", HelpText.text(for: [], in: commands))] + commands.map { ($0.name, HelpText.text(for: $0.words, in: commands)) }
        return "<!-- Generated from the table of commands; edit the source, not this file. -->\n\n# Commands\n"
            + pages.map { name, help in (name.isEmpty ? "" : "\n## waiaas \(name)\n") + "\n```\n\(help)\n```\n" }.joined()
    }
}
