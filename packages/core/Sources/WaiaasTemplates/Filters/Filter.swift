/// Something that makes a value of a value: `{{ name | upper }}`.
struct Filter: Sendable {
    /// Something a filter is given beside its value.
    struct Parameter: Sendable {
        let name: String
        /// What other languages call it.
        let others: [String]
        /// What it is if it is not given; nil if it must be.
        let value: TemplateValue?

        static func required(_ name: String, or others: String...) -> Parameter {
            Parameter(name: name, others: others, value: nil)
        }

        static func optional(_ name: String, or others: String..., is value: TemplateValue) -> Parameter {
            Parameter(name: name, others: others, value: value)
        }
    }

    typealias Work = @Sendable (TemplateValue, [TemplateValue], inout Meter) throws(TemplateFaultReason) -> TemplateValue

    let name: String
    let parameters: [Parameter]
    /// Whether it takes any number of values, in order.
    let takesMany: Bool
    /// Whether it may be asked about a value that is not there.
    let takesMissing: Bool
    /// The work; it is given one argument for each parameter.
    let apply: Work

    init(_ name: String, _ parameters: Parameter..., takesMany: Bool = false, takesMissing: Bool = false, apply: @escaping Work) {
        self.name = name
        self.parameters = parameters
        self.takesMany = takesMany
        self.takesMissing = takesMissing
        self.apply = apply
    }

    /// Every filter by its name; two of them have a second, short name in Jinja2.
    static let table: [String: Filter] = {
        var table: [String: Filter] = [:]
        for filter in texts + numbers + lists + objects + values { table[filter.name] = filter }
        for (short, name) in ["d": "default", "e": "escape", "count": "length"] { table[short] = table[name] }
        return table
    }()
}
