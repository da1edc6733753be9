import PlanningText

/// A field of an artifact.
struct Field: Sendable {
    let name: String
    let form: FieldForm
    let isOptional: Bool

    init(_ name: String, _ form: FieldForm, isOptional: Bool = false) {
        (self.name, self.form, self.isOptional) = (name, form, isOptional)
    }

    /// Fields that hold a text.
    static func texts(_ names: String...) -> [Field] { names.map { Field($0, .text) } }

    /// Fields that may be there, and hold anything.
    static func optional(_ names: String...) -> [Field] { names.map { Field($0, .anything, isOptional: true) } }
}

/// What a field may hold.
indirect enum FieldForm: Sendable {
    case text
    case number(ClosedRange<Int>)
    case flag
    case oneOf([String])
    /// A text that fits a pattern, and the pattern in words.
    case shape(@Sendable (String) -> Bool, String)
    /// A path that stays in the project.
    case path
    case list(FieldForm, atLeast: Int)
    case mapping([Field])
    /// One of two: a list's element may be `path`, or `path: note`.
    case either(FieldForm, FieldForm)
    /// A mapping of one path to a note on it.
    case notedPath
    case anything

    static func list(_ form: FieldForm) -> FieldForm { .list(form, atLeast: 0) }

    /// `2024-01-15T10:30:00Z`, or a day alone.
    static let time = shape(timeForm.fits, "a time such as 2024-01-15T10:30:00Z")

    private static let timeForm = Form(#/\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?Z)?/#)

    /// Compares a node with the form.
    ///
    /// - Parameter name: of the field, with dots, as it begins every message.
    func faults(of node: YAMLNode, name: String, path: String) -> [Fault] {
        func wrong(_ expected: String) -> [Fault] {
            [Fault(path: path, place: node.place, message: "\(name): is \(expected), not \(node.kind)")]
        }
        switch self {
        case .anything: return []
        case .text: return node.text?.isEmpty == false ? [] : wrong("a text")
        case .number(let range):
            let words = "a whole number from \(range.lowerBound) to \(range.upperBound)"
            return node.number.map(range.contains) == true ? [] : wrong(words)
        case .flag:
            return node.content == .scalar("true", isPlain: true) || node.content == .scalar("false", isPlain: true)
                ? [] : wrong("true or false")
        case .oneOf(let words): return node.text.map(words.contains) == true ? [] : wrong(words.joined(separator: " or "))
        case .shape(let fits, let words): return node.text.map(fits) == true ? [] : wrong(words)
        case .path: return node.text.map { Project.normal($0)?.isEmpty == false } == true ? [] : wrong("a path inside the project")
        case .list(let form, let least): return listFaults(of: node, form, least, name, path) ?? wrong("a list")
        case .mapping(let fields):
            guard case .mapping = node.content else { return wrong("a mapping") }
            return Self.faults(of: node, fields: fields, prefix: name + ".", path: path)
        case .either(let first, let second):
            let faults = first.faults(of: node, name: name, path: path)
            return faults.isEmpty || second.faults(of: node, name: name, path: path).isEmpty ? [] : faults
        case .notedPath:
            guard node.entries.count == 1, let entry = node.entries.first else { return wrong("a path, or a path with a note on it") }
            return Self.path.faults(of: YAMLNode(.scalar(entry.key, isPlain: true), at: entry.place), name: name, path: path)
                + Self.text.faults(of: entry.value, name: name, path: path)
        }
    }

    /// Compares a mapping with its fields: missing ones, ones of another form, ones that nobody knows.
    static func faults(of node: YAMLNode, fields: [Field], prefix: String = "", path: String) -> [Fault] {
        let strangers = node.entries.filter { entry in !fields.contains { $0.name == entry.key } }
        return fields.flatMap { field -> [Fault] in
            if let value = node[field.name] { return field.form.faults(of: value, name: prefix + field.name, path: path) }
            return field.isOptional ? [] : [Fault(path: path, place: node.place, message: "\(prefix)\(field.name): is missing")]
        } + strangers.map { Fault(path: path, place: $0.place, message: "\(prefix)\($0.key): there is no such field here") }
    }

    private func listFaults(of node: YAMLNode, _ form: FieldForm, _ least: Int, _ name: String, _ path: String) -> [Fault]? {
        guard case .sequence(let elements) = node.content else { return nil }
        var faults = elements.flatMap { form.faults(of: $0, name: name, path: path) }
        if elements.count < least { faults.append(Fault(path: path, place: node.place, message: "\(name): needs \(least) at least")) }
        var seen: Set<String> = []
        for element in elements {
            guard let text = element.text, !seen.insert(text).inserted else { continue }
            faults.append(Fault(path: path, place: element.place, message: "\(name): \"\(text.prefix(60))\" stands here twice"))
        }
        return faults
    }
}
