import Foundation
import PlanningText

/// How far a phase is: what its files say.
struct PhaseStatus: Codable, Equatable {
    /// How far a plan is.
    struct PlanStatus: Codable, Equatable {
        let plan: String
        let wave: Int
        /// Whether its summary is there.
        let isExecuted: Bool
    }

    let phase: String
    let plans: [PlanStatus]
    /// The word of its verification; nil while there is none.
    let verification: String?
    /// The word of its acceptance test; nil while there is none.
    let uat: String?

    /// Every phase that has plans, in order.
    static func all(in folder: PlanningFolder) -> [PhaseStatus] {
        folder.phases.map { phase in
            PhaseStatus(
                phase: phase.phase,
                plans: folder.plans(of: phase).map { plan in
                    PlanStatus(plan: plan.id.description, wave: plan.wave, isExecuted: folder.file(.summary, of: plan.id) != nil)
                },
                verification: folder.file(.verification, of: phase)?.document.front?["status"]?.text,
                uat: folder.file(.uat, of: phase)?.document.front?["status"]?.text)
        }
    }

    /// Whether every plan has its summary.
    var isExecuted: Bool { plans.allSatisfy(\.isExecuted) }

    /// `7/7`.
    var count: String { "\(plans.filter(\.isExecuted).count)/\(plans.count)" }

    /// A table for people.
    static func table(_ phases: [PhaseStatus]) -> String {
        let rows = phases.map { phase in
            let open = phase.plans.filter { !$0.isExecuted }.map(\.plan).joined(separator: " ")
            return [phase.phase, phase.count, phase.verification ?? "-", phase.uat ?? "-", open]
        }
        let all = [["PHASE", "PLANS", "VERIFICATION", "UAT", "OPEN"]] + rows
        let widths = (0..<5).map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            zip(row, widths).map { $0.padding(toLength: max($1, 1), withPad: " ", startingAt: 0) }.joined(separator: "  ")
                .trimmingCharacters(in: [" "])
        }.joined(separator: "\n")
    }

    /// For programs.
    static func json(_ phases: [PhaseStatus]) throws(ToolError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(phases), as: UTF8.self)
        } catch {
            throw .program("planning status", reason: "\(error)")
        }
    }
}
