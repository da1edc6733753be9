import PlanningText

/// STATE.md: short, read first. Two rows of its first table are the tool's; every other letter is a person's.
enum State {
    static let path = "\(PlanningFolder.path)/STATE.md"
    private static let longest = 100

    /// What is wrong with it.
    static func faults(of document: Document) -> [Fault] {
        let absent = ["phase", "plans", "verified", "status", "next"].filter { name in
            !document.lines.contains { $0.hasPrefix("| \(name) | ") }
        }
        let isLong = document.lines.count > longest + 1
        return absent.map { document.fault("\($0): this row of the table is missing") }
            + (isLong ? [document.fault("state: is longer than \(longest) lines; it is to be read first", line: longest + 1)] : [])
    }

    /// The text with the tool's two rows as the files have it.
    static func updated(_ text: String, _ phases: [PhaseStatus]) -> String {
        let plans = phases.map { "phase \($0.phase) \($0.count)" }.joined(separator: ", ")
        let verified = phases.compactMap { phase in phase.verification.map { "phase \(phase.phase) \($0)" } }.joined(separator: ", ")
        return text.lines.map { line in
            if line.hasPrefix("| plans | ") { return "| plans | \(plans) executed |" }
            return line.hasPrefix("| verified | ") ? "| verified | \(verified.isEmpty ? "none" : verified) |" : String(line)
        }.joined(separator: "\n")
    }
}
