import PlanningText

/// Everything below `.planning`, taken apart once: what can be read, and the faults of what cannot.
struct PlanningFolder {
    static let path = ".planning"
    private static let phases = "\(path)/phases/"

    let project: Project
    /// Artifacts in the order of their paths.
    private(set) var documents: [Document] = []
    private(set) var plans: [Plan] = []
    /// What is wrong with the form of a file or its name.
    private(set) var faults: [Fault] = []

    init(of project: Project) {
        self.project = project
        for path in project.files(under: Self.path) {
            guard let file = PlanningFile(path: path) else {
                if path.hasPrefix(Self.phases) { faults.append(Self.nameFault(path)) }
                continue
            }
            if path.hasPrefix(Self.phases), PlanningFile.phase(ofFolder: file.folder) != file.id?.phase {
                faults.append(Fault(path: path, message: "name: the folder is not that of phase \(file.id?.phase ?? "")"))
            }
            read(file)
        }
        plans.sort { $0.id < $1.id }
    }

    /// The artifact of a kind for a phase or a plan.
    func document(_ kind: PlanningFile.Kind, of id: PlanID) -> Document? {
        documents.first { $0.file.kind == kind && $0.file.id == id }
    }

    /// The phases that have plans, in order.
    var phases: [PlanID] { Set(plans.map { PlanID(phase: $0.id.phase) }).sorted() }

    /// The plans that have a summary.
    var executed: Set<PlanID> { Set(documents.filter { $0.file.kind == .summary }.compactMap(\.file.id)) }

    func plans(of phase: PlanID) -> [Plan] { plans.filter { $0.id.phase == phase.phase } }

    private mutating func read(_ file: PlanningFile) {
        guard let text = project.file(file.path) else { return faults.append(Fault(path: file.path, message: "cannot be read")) }
        do throws(YAMLFault) {
            if file.kind == .config {
                let node = try YAMLReader.document(text.text)
                faults += FieldForm.faults(of: node, fields: Fields.fields(of: .config, in: .seed001) ?? [], path: file.path)
                return
            }
            let document = try Document(file, text)
            documents.append(document)
            faults += Self.fieldFaults(of: document)
            if let plan = Plan(document) { plans.append(plan) }
        } catch {
            faults.append(Fault(path: file.path, place: error.place, message: error.message))
        }
    }

    private static func fieldFaults(of document: Document) -> [Fault] {
        let file = document.file
        guard let front = document.front, let dialect = document.dialect else {
            let needsFields = Fields.fields(of: file.kind, in: .seed001) != nil
            return needsFields ? [document.fault("the fields between two lines of --- are missing", line: 1)] : []
        }
        guard file.kind != .context, file.kind != .research else { return [] }
        guard case .mapping = front.content, let fields = Fields.fields(of: file.kind, in: dialect) else {
            return [document.fault("\(file.kind.rawValue) has no such fields", at: front.place)]
        }
        var faults = FieldForm.faults(of: front, fields: fields, path: file.path)
        func compare(_ name: String, _ agrees: (String) -> Bool) {
            guard let field = Placed(front[name]), !agrees(field.text) else { return }
            faults.append(document.fault("\(name): the file is named after another one, not \"\(field.text)\"", at: field.place))
        }
        compare("phase") { PlanningFile.phase(ofFolder: $0) == file.id?.phase }
        compare("plan") { Int($0) == file.id?.plan }
        return faults
    }

    private static func nameFault(_ path: String) -> Fault {
        let names = "{phase}-{plan}-PLAN.md, -SUMMARY.md, {phase}-CONTEXT.md, -RESEARCH.md, -VERIFICATION.md, -UAT.md"
        return Fault(path: path, message: "name: artifacts are called \(names)")
    }
}
