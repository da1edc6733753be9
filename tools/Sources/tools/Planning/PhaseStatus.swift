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
                    PlanStatus(plan: plan.id.description, wave: plan.wave, isExecuted: folder.document(.summary, of: plan.id) != nil)
                },
                verification: folder.document(.verification, of: phase)?.front?["status"]?.text,
                uat: folder.document(.uat, of: phase)?.front?["status"]?.text)
        }
    }

    /// `7/7`.
    var count: String { "\(plans.filter(\.isExecuted).count)/\(plans.count)" }

    /// A table for people.
    static func table(_ phases: [PhaseStatus]) -> String {
        let rows = phases.map { phase in
            let open = phase.plans.filter { !$0.isExecuted }.map(\.plan).joined(separator: " ")
            return [phase.phase, phase.count, phase.verification ?? "-", phase.uat ?? "-", open]
        }
        return Columns.text(of: [["PHASE", "PLANS", "VERIFICATION", "UAT", "OPEN"]] + rows)
    }
}
