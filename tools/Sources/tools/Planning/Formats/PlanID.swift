import PlanningText

/// The name of a phase or of a plan in it: `2`, `2-3`, `27-01`, `4.5-1`, `64A-2`. Leading zeros count for nothing.
struct PlanID: Hashable, Comparable, CustomStringConvertible {
    /// Without leading zeros.
    let phase: String
    /// Nil for what belongs to the phase as a whole.
    let plan: Int?

    private static let form = Form(#/(\d+[A-Z]?(?:\.\d+)*)-(\d+)(?:-PLAN)?/#)

    init(phase: String, plan: Int? = nil) {
        let digits = phase.drop { $0 == "0" }
        self.phase = digits.first?.isNumber == true ? String(digits) : "0" + digits
        self.plan = plan
    }

    /// Reads `2-3`, or `2-3-PLAN`.
    init?(_ text: String) {
        guard let parts = Self.form.parts(of: text), let plan = Int(parts.2) else { return nil }
        self.init(phase: String(parts.1), plan: plan)
    }

    var description: String { plan.map { "\(phase)-\($0)" } ?? phase }

    static func < (left: PlanID, right: PlanID) -> Bool {
        if left.phase == right.phase { return (left.plan ?? 0) < (right.plan ?? 0) }
        return order(left.phase) < order(right.phase)
    }

    private static func order(_ phase: String) -> (Int, String) { (Int(phase.prefix(while: \.isNumber)) ?? 0, phase) }
}
