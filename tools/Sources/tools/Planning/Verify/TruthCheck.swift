import PlanningText

/// Whether the truths of a plan are shown by tests that passed.
struct TruthCheck {
    let tests: TestSources
    let results: TestResults

    func finding(of truth: String, in plan: Plan) -> Finding {
        let cited = plan.evidence.filter { $0.truth.text == truth }
        guard !cited.isEmpty else {
            return Finding(subject: [truth], standing: .human, word: "UNCERTAIN", evidence: "plan \(plan.id) names no test for it")
        }
        var places: [String] = []
        for evidence in cited {
            guard let place = tests.place(of: evidence.test) else {
                return failed(truth, "\(plan.document.file.path):\(evidence.place.line): no test is called \(evidence.test)")
            }
            let outcome = results.outcome(of: evidence.test)
            guard outcome == .passed else {
                return failed(truth, "\(plan.document.file.path):\(evidence.place.line): \(evidence.test) \(outcome.rawValue)")
            }
            places.append("`\(place)` \(evidence.test)")
        }
        return Finding(subject: [truth], standing: .verified, word: "VERIFIED", evidence: places.joined(separator: "; "))
    }

    private func failed(_ truth: String, _ reason: String) -> Finding {
        Finding(subject: [truth], standing: .failed, word: "FAILED", evidence: reason)
    }
}
