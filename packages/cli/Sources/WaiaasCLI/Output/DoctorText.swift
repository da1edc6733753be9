import WaiaasCore

/// What `waiaas doctor` found, for people and programs.
struct DoctorText {
    let report: DoctorReport

    /// A line for each subject, below it what was found there, and what it comes to.
    var lines: [String] {
        let width = DoctorSubject.allCases.map(\.rawValue.count).max() ?? 0
        return report.examinations.flatMap { examination in
            let head = TextLayout.padded(examination.level.rawValue, to: 7) + "  "
            let subject = TextLayout.padded(examination.subject.rawValue, to: width) + "  "
            let margin = String(repeating: " ", count: head.count + subject.count)
            guard !examination.findings.isEmpty else { return [head + subject + examination.summary] }
            return examination.findings.enumerated().flatMap { index, finding in
                let symptom = finding.symptom
                let start =
                    TextLayout.padded(symptom.level.rawValue, to: 7) + "  " + (index == 0 ? subject : margin.dropFirst(head.count) + "")
                return ["\(start)\(symptom.id): \(symptom.text)"] + finding.evidence.map { margin + $0 } + [
                    margin + "remedy: " + symptom.remedy
                ]
            }
        } + [conclusion]
    }

    /// The members of the JSON object.
    func write(to json: inout JSONWriter) {
        json.member("dataDirectory", report.dataDirectory)
        for level in [DoctorLevel.fault, .warning, .advice] { json.member(Self.plural(level), Int64(report.count(level))) }
        json.key("checks")
        json.beginArray()
        for examination in report.examinations {
            json.beginObject()
            json.member("subject", examination.subject.rawValue)
            json.member("level", examination.level.rawValue)
            json.member("summary", ifPresent: examination.findings.isEmpty ? examination.summary : nil)
            json.endObject()
        }
        json.endArray()
        json.key("findings")
        json.beginArray()
        for finding in report.findings {
            json.beginObject()
            json.member("id", finding.symptom.id)
            json.member("level", finding.symptom.level.rawValue)
            json.member("subject", finding.symptom.subject.rawValue)
            json.member("symptom", finding.symptom.text)
            json.member("evidence", finding.evidence)
            json.member("remedy", finding.symptom.remedy)
            json.endObject()
        }
        json.endArray()
    }

    private static func plural(_ level: DoctorLevel) -> String { level == .advice ? "advice" : level.rawValue + "s" }

    private var conclusion: String {
        let skipped = report.examinations.count { $0.level == .skipped }
        let rest = skipped == 0 ? "" : "; \(SpanWords.count(Int64(skipped), "subject")) not looked at"
        let found = [(DoctorLevel.fault, "fault"), (.warning, "warning")].compactMap { level, noun in
            report.count(level) == 0 ? nil : SpanWords.count(Int64(report.count(level)), noun)
        }
        let advice = report.count(.advice) == 0 ? [] : ["\(report.count(.advice)) to consider"]
        return ((found + advice).isEmpty ? "nothing to find" : (found + advice).joined(separator: ", ")) + rest
    }
}
