import Foundation

/// Results as aligned columns for people, or as JSON for programs.
enum Columns {
    /// Rows of the same number of cells, each column as wide as its widest cell.
    static func text(of rows: [[String]]) -> String {
        let widths = rows.first?.indices.map { column in rows.map { $0[column].count }.max() ?? 0 } ?? []
        return rows.map { row in
            let line = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
            return String(line.prefix(line.count - line.reversed().prefix { $0 == " " }.count))
        }.joined(separator: "\n")
    }

    static func json(of results: some Encodable) throws(ToolError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(results), as: UTF8.self)
        } catch {
            throw .program("tools", reason: "the results cannot be written: \(error)")
        }
    }
}
