/// Blocks as HTML; every text is escaped.
enum HTML {
    static func text(of blocks: [Block]) -> String {
        blocks.map(text).joined(separator: "\n")
    }

    private static func text(of block: Block) -> String {
        switch block {
        case .heading(let level, let text): "<h\(level) id=\"\(anchor(text))\">\(inline(text))</h\(level)>"
        case .paragraph(let text): "<p>\(inline(text))</p>"
        case .code(_, let text): "<pre><code>\(escaped(text))</code></pre>"
        case .table(let header, let rows):
            "<table><thead>\(row(header, cell: "th"))</thead><tbody>\n" + rows.map { row($0, cell: "td") }.joined(separator: "\n")
                + "</tbody></table>"
        }
    }

    private static func row(_ cells: [String], cell: String) -> String {
        "<tr>" + cells.map { "<\(cell)>\(inline($0))</\(cell)>" }.joined() + "</tr>"
    }

    /// Text with what stands between two backticks as code.
    private static func inline(_ text: String) -> String {
        let parts = text.split(separator: "`", omittingEmptySubsequences: false)
        return parts.enumerated().map { index, part in
            index.isMultiple(of: 2) || index == parts.count - 1 ? escaped(part) : "<code>\(escaped(part))</code>"
        }.joined()
    }

    /// The fragment of a heading: lower-case letters, digits and hyphens.
    static func anchor(_ text: String) -> String {
        String(
            decoding: text.lowercased().utf8.compactMap { byte -> UInt8? in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
                case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "/"): UInt8(ascii: "-")
                default: nil
                }
            }, as: UTF8.self)
    }

    private static func escaped(_ text: some StringProtocol) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.unicodeScalars.append(scalar)
            }
        }
    }
}
