import Foundation

/// Figures as a table for people, or as JSON.
enum FigureTable {
    static func text(of figures: [Figure]) -> String {
        let header = ["row", "what", "ours", "the other", "ratio", "to reach now", "aim", "verdict"]
        let rows = [header] + figures.map(cells)
        let widths = header.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
        }
        let notes = figures.filter { !$0.note.isEmpty }.map { "row \($0.row): \($0.note)" }
        return (lines + ["", "medians of the runs, in brackets the least and the most"] + notes).joined(separator: "\n")
    }

    static func json(of figures: [Figure]) throws(ToolError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(figures), as: UTF8.self)
        } catch {
            throw .program("bench", reason: "the figures cannot be written: \(error)")
        }
    }

    private static func cells(of figure: Figure) -> [String] {
        [
            figure.row, figure.what, value(figure.ours, unit: figure.unit),
            figure.otherName + (figure.other.isEmpty ? "" : " " + value(figure.other, unit: figure.unit)),
            figure.ratio.map(number) ?? "", figure.target.map { $0.text(of: $0.now, unit: figure.unit) } ?? "",
            figure.target.map { $0.text(of: $0.aim, unit: figure.unit) } ?? "", verdict(on: figure),
        ]
    }

    private static func verdict(on figure: Figure) -> String {
        switch figure.verdict {
        case .aim: "reached, and the aim"
        case .reached: "reached"
        case .below: "BELOW"
        case nil: figure.ours.isEmpty ? "not measured" : ""
        }
    }

    private static func value(_ values: [Double], unit: String) -> String {
        guard let statistics = Statistics(values) else { return "" }
        let spread = values.count > 1 ? " [\(number(statistics.least))-\(number(statistics.most))]" : ""
        return "\(number(statistics.median)) \(unit)\(spread)"
    }

    /// Three digits that matter.
    static func number(_ value: Double) -> String {
        if abs(value) >= 100 || value == value.rounded() { return String(Int(value.rounded())) }
        return String(format: abs(value) >= 10 ? "%.1f" : "%.2f", value)
    }
}
