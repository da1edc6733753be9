/// One piece of a reference page, before it is Markdown or HTML. Text may hold `code` between backticks.
enum Block: Equatable {
    case heading(Int, String)
    case paragraph(String)
    case table(header: [String], rows: [[String]])
    case code(language: String, text: String)
}
