import PlanningText

/// Everything below `.planning`, taken apart once: what can be read, and the faults of what cannot.
struct PlanningFolder {
    static let path = ".planning"

    let project: Project
    /// Artifacts in the order of their paths.
    private(set) var files: [(file: PlanningFile, document: Document)] = []
    private(set) var plans: [Plan] = []
    /// What is wrong with the form of a file or its name.
    private(set) var faults: [Fault] = []

    init(of project: Project) {
        self.project = project
        for path in project.files(under: Self.path) {
            guard let file = PlanningFile(path: path) else {
                if path.hasPrefix("\(Self.path)/phases/") { faults.append(Self.nameFault(path)) }
                continue
            }
            if path.hasPrefix("\(Self.path)/phases/"), PlanningFile.phase(ofFolder: file.folder) != file.id?.phase {
                faults.append(
                    Fault(path: path, place: TextPlace(line: 1), message: "name: the folder is not that of phase \(file.id?.phase ?? "")"))
            }
            read(file)
        }
        plans.sort { $0.id < $1.id }
    }

    /// The artifact of a kind for a phase or a plan.
    func file(_ kind: PlanningFile.Kind, of id: PlanID) -> (file: PlanningFile, document: Document)? {
        files.first { $0.file.kind == kind && $0.file.id == id }
    }

    /// The phases that have plans, in order.
    var phases: [PlanID] { Set(plans.map { PlanID(phase: $0.id.phase) }).sorted() }

    /// The plans that have a summary.
    var executed: Set<PlanID> { Set(files.filter { $0.file.kind == .summary }.compactMap(\.file.id)) }

    func plans(of phase: PlanID) -> [Plan] { plans.filter { $0.id.phase == phase.phase } }

    private mutating func read(_ file: PlanningFile) {
        guard let text = project.file(file.path) else {
            faults.append(Fault(path: file.path, place: TextPlace(line: 1), message: "cannot be read"))
            return
        }
        do throws(YAMLFault) {
            if file.kind == .config {
                let node = try YAMLReader.document(text.text)
                faults += FieldForm.faults(of: node, fields: Fields.fields(of: .config, in: .seed001) ?? [], path: file.path)
                return
            }
            let document = try Document(text)
            files.append((file, document))
            faults += fieldFaults(of: file, document)
            if let front = document.front, let plan = Plan(file: file, front: front) { plans.append(plan) }
        } catch {
            faults.append(Fault(path: file.path, place: error.place, message: error.message))
        }
    }

    private func fieldFaults(of file: PlanningFile, _ document: Document) -> [Fault] {
        guard let front = document.front else {
            guard Fields.fields(of: file.kind, in: .seed001) != nil else { return [] }
            return [Fault(path: file.path, place: TextPlace(line: 1), message: "the fields between two lines of --- are missing")]
        }
        guard file.kind != .context, file.kind != .research else { return [] }
        guard case .mapping = front.content, let fields = Fields.fields(of: file.kind, in: Dialect(of: front, kind: file.kind)) else {
            return [Fault(path: file.path, place: front.place, message: "\(file.kind.rawValue) has no such fields")]
        }
        var faults = FieldForm.faults(of: front, fields: fields, path: file.path)
        if let phase = front["phase"], let text = phase.text, PlanningFile.phase(ofFolder: text) != file.id?.phase {
            faults.append(
                Fault(path: file.path, place: phase.place, message: "phase: the file is named after another one, not \"\(text)\""))
        }
        if let plan = front["plan"], let text = plan.text, Int(text) != file.id?.plan {
            faults.append(Fault(path: file.path, place: plan.place, message: "plan: the file is named after another one, not \"\(text)\""))
        }
        return faults
    }

    private static func nameFault(_ path: String) -> Fault {
        Fault(
            path: path, place: TextPlace(line: 1),
            message:
                "name: artifacts are called {phase}-{plan}-PLAN.md, -SUMMARY.md, {phase}-CONTEXT.md, -RESEARCH.md, -VERIFICATION.md, -UAT.md"
        )
    }
}
