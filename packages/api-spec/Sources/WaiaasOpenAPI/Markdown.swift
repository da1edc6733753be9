/// Blocks as Markdown.
enum Markdown {
    static func text(of blocks: [Block]) -> String {
        blocks.map(text).joined(separator: "\n")
    }

    private static func text(of block: Block) -> String {
        switch block {
        case .heading(let level, let text): String(repeating: "#", count: level) + " \(text)\n"
        case .paragraph(let text): text + "\n"
        case .code(let language, let text): "```\(language)\n\(text)\n```\n"
        case .table(let header, let rows):
            ([header, header.map { _ in "---" }] + rows).map { "| " + $0.map(cell).joined(separator: " | ") + " |\n" }.joined()
        }
    }

    private static func cell(_ text: String) -> String {
        text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
}
