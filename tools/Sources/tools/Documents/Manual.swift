import WaiaasCLI

extension Subcommand {
    /// Writes the manual page.
    static let manual = Subcommand(
        name: "man", usage: "[--check]", summary: "writes packaging/waiaas.1 from the table of commands, or compares it"
    ) { words throws(ToolError) in
        try GeneratedFiles(contents: ["packaging/waiaas.1": Array(ManualPage.roff.utf8)], folder: nil).obey(words, remedy: "make docs")
    }
}
