import Foundation

/// Figures as a table for people, or as JSON.
enum FigureTable {
    static func text(of figures: [Figure]) -> String {
        let header = ["row", "what", "ours", "the other", "ratio", "to reach now", "aim", "verdict"]
        let table = Columns.text(of: [header] + figures.map(cells))
        let notes = figures.filter { !$0.note.isEmpty }.map { "row \($0.row): \($0.note)" }
        return ([table, "", "medians of the runs, in brackets the least and the most"] + notes).joined(separator: "\n")
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
