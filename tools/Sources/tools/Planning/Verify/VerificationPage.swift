/// VERIFICATION.md in the words of a dialect. The same findings give the same bytes on every machine.
struct VerificationPage {
    let phase: PlanID
    let title: String
    /// The folder's name, as the other dialect calls a phase.
    let folder: String
    let dialect: Dialect
    let verification: PhaseVerification

    /// The word for how the whole stands. Seed 001 has two; what waits for a person stands in a section of its own there.
    var status: String {
        switch (dialect, verification.standing) {
        case (.seed001, .failed): "GAPS_FOUND"
        case (.seed001, _): "PASS"
        case (.seed000, .failed): "gaps_found"
        case (.seed000, .human): "human_needed"
        case (.seed000, .verified): "passed"
        }
    }

    /// The page.
    ///
    /// - Parameter time: when these findings were first made.
    func text(at time: String) -> String {
        ([fields(at: time), heading] + tables + ending).joined(separator: "\n\n") + "\n"
    }

    private func fields(at time: String) -> String {
        let lines =
            dialect == .seed001
            ? ["phase: \(phase)", "status: \(status)", "verified_at: \(time)", "verified_by: tools planning"]
            : [
                "phase: \(folder)", "verified: \(time)", "status: \(status)", "score: \(score) must-haves verified",
                "verified_by: tools planning",
            ]
        return (["---"] + lines + ["---"]).joined(separator: "\n")
    }

    private var score: String { "\(verification.findings.filter { $0.standing == .verified }.count)/\(verification.findings.count)" }

    private var heading: String {
        (dialect == .seed001 ? "# Phase \(phase) Verification: \(title)" : "# Phase \(phase): \(title) Verification Report")
            + "\n\nWritten by `make planning` from the plans, the source and the results of `make test`. Not edited by hand."
    }

    private var tables: [String] {
        let names: [(String, [String], [Finding])] = [
            ("Observable Truths", ["Truth", "Status", "Evidence"], verification.truths),
            ("Required Artifacts", ["Artifact", "Status", "Check"], verification.artifacts),
            (dialect == .seed001 ? "Required Wiring" : "Key Link Verification", ["From", "To", "Status", "Evidence"], verification.links),
            ("Deliverables", ["Document", "Status", "Compared"], verification.deliverables),
        ]
        let findings = names.filter { !$0.2.isEmpty }.map { name, columns, findings in
            Self.table(name, columns, findings.map { $0.subject + [word($0.word), $0.evidence] })
        }
        let signs = verification.signs.map {
            [$0.title, $0.places.isEmpty ? "NO" : "YES", $0.places.isEmpty ? "-" : $0.places.map { "`\($0)`" }.joined(separator: ", ")]
        }
        return findings + [Self.table("Anti-Patterns", ["Pattern", "Found", "Location"], signs)]
    }

    private var ending: [String] {
        let human = verification.human.map { [$0.subject.joined(separator: " -> "), $0.evidence] }
        let gaps = verification.gaps
        return [
            human.isEmpty ? "## Human Verification Needed\n\nNone." : Self.table("Human Verification Needed", ["Check", "Reason"], human),
            "## Gaps Found\n\n" + (gaps.isEmpty ? "None." : gaps.map { "- \($0)" }.joined(separator: "\n")),
            "## Remediation\n\n" + (gaps.isEmpty ? "None needed." : "- Close each gap above, then run `make test` and `make planning`."),
        ]
    }

    /// The other dialect calls what is there by one word.
    private func word(_ word: String) -> String { dialect == .seed000 && word == "EXISTS" ? "VERIFIED" : word }

    private static func table(_ name: String, _ columns: [String], _ rows: [[String]]) -> String {
        let lines =
            [columns, columns.map { _ in "---" }] + rows.map { $0.map { stands("|", in: $0) ? $0.replacing("|", with: "\\|") : $0 } }
        return "## \(name)\n\n" + lines.map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
    }
}
