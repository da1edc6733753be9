/// Something that a value is or is not: `{% if name is defined %}`.
struct Predicate: Sendable {
    typealias Work = @Sendable (TemplateValue, [TemplateValue], inout Meter) throws(TemplateFaultReason) -> Bool

    let name: String
    /// How many arguments it takes.
    let count: Int
    /// Whether it may be asked about a value that is not there.
    let takesMissing: Bool
    private let work: Work

    init(_ name: String, count: Int = 0, takesMissing: Bool = false, _ work: @escaping Work) {
        self.name = name
        self.count = count
        self.takesMissing = takesMissing
        self.work = work
    }

    /// Whether it holds.
    func holds(_ value: TemplateValue, _ arguments: [TemplateValue], _ meter: inout Meter) throws(TemplateFaultReason) -> Bool {
        if case .missing(let name) = value, !takesMissing { throw .notThere(name) }
        for case .missing(let name) in arguments { throw .notThere(name) }
        return try work(value, arguments, &meter)
    }

    /// Every test by its name; some have several.
    static let table: [String: Predicate] = {
        var table: [String: Predicate] = [:]
        for predicate in kinds + comparisons { table[predicate.name] = predicate }
        let others = [
            "null": "none", "object": "mapping", "sequence": "iterable", "eq": "equalto", "lt": "lessthan", "gt": "greaterthan",
        ]
        for (other, name) in others { table[other] = table[name] }
        return table
    }()
}
