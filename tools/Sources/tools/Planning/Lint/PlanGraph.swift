import PlanningText

/// The rules between plans: who waits for whom, and who changes the same files at the same time.
struct PlanGraph {
    let plans: [Plan]
    /// The plans that have a summary.
    let executed: Set<PlanID>
    let project: Project

    var faults: [Fault] { doubles + plans.flatMap(dependencies) + circles + conflicts }

    private func plan(_ dependency: Placed) -> Plan? { PlanID(dependency.text).flatMap { id in plans.first { $0.id == id } } }

    /// `1-5-PLAN.md` and `1-05-PLAN.md` are one plan.
    private var doubles: [Fault] {
        var seen: Set<PlanID> = []
        return plans.filter { !seen.insert($0.id).inserted }.map { $0.document.fault("plan: there is another plan \($0.id)", line: 1) }
    }

    /// Each dependency exists, in an earlier phase, or in an earlier wave of this one. One that is executed already holds nobody up.
    private func dependencies(of plan: Plan) -> [Fault] {
        plan.dependsOn.compactMap { dependency in
            func fault(_ message: String) -> Fault {
                plan.document.fault("depends_on: \(dependency.text) \(message)", at: dependency.place)
            }
            // What is no name of a plan is named as a field of another form.
            guard PlanID(dependency.text) != nil else { return nil }
            guard let other = self.plan(dependency) else { return fault("does not exist") }
            guard other.id.phase == plan.id.phase else {
                return PlanID(phase: other.id.phase) < PlanID(phase: plan.id.phase) ? nil : fault("is of a later phase")
            }
            let isEarly = other.wave < plan.wave || other.wave == plan.wave && executed.contains(other.id)
            return isEarly ? nil : fault("is of wave \(other.wave), not before wave \(plan.wave)")
        }
    }

    /// Plans that wait for themselves, by way of others. Each circle is named once.
    private var circles: [Fault] {
        var done: Set<PlanID> = []
        var found: [Fault] = []
        for start in plans where !done.contains(start.id) {
            // Depth first, without recursion: the path walked, and what is left to try at each step.
            var path = [start]
            var rest = [start.dependsOn[...]]
            while let plan = path.last {
                guard let dependency = rest[rest.count - 1].popFirst() else {
                    done.insert(plan.id)
                    path.removeLast()
                    rest.removeLast()
                    continue
                }
                guard let next = self.plan(dependency), !done.contains(next.id) else { continue }
                if let index = path.firstIndex(where: { $0.id == next.id }) {
                    let names = (path[index...].map(\.id) + [next.id]).map(\.description).joined(separator: " -> ")
                    found.append(plan.document.fault("depends_on: a circle: \(names)", at: dependency.place))
                } else {
                    path.append(next)
                    rest.append(next.dependsOn[...])
                }
            }
        }
        return found
    }

    /// Two plans of one wave that change the same file. A folder (`…/`) is where a plan adds files, and may be shared.
    private var conflicts: [Fault] {
        var owners: [String: PlanID] = [:]
        var found: [Fault] = []
        for plan in plans {
            for file in plan.filesModified where !file.text.hasSuffix("/") && project.content(at: file.text) != .folder {
                let key = "\(plan.id.phase) \(plan.wave) \(Project.normal(file.text) ?? file.text)"
                if let other = owners[key], other != plan.id {
                    let message = "files_modified: \(file.text) is changed by \(other) in the same wave \(plan.wave)"
                    found.append(plan.document.fault(message, at: file.place))
                } else {
                    owners[key] = plan.id
                }
            }
        }
        return found
    }
}
